"""Every request has an id, which the journal can note."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from zona.ground.journal import request_id
from zona.ground.journal.middleware import RequestIdMiddleware


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request_id.current())


async def answer_async(request: HttpRequest) -> HttpResponse:
    await asyncio.sleep(0)
    return HttpResponse(request_id.current())


def ask(**headers: str) -> HttpResponse:
    return RequestIdMiddleware(answer)(RequestFactory().get("/", headers=headers))


def test_a_sane_id_of_the_front_server_is_kept() -> None:
    response = ask(**{"X-Request-ID": "front-0123456789"})
    assert response["X-Request-ID"] == response.content.decode() == "front-0123456789"


@pytest.mark.parametrize(
    "offered", ["", "short", "a" * 65, "new\nline-here", "<script>alert", "-" * 9]
)
def test_any_other_id_is_replaced(offered: str) -> None:
    response = ask(**{"X-Request-ID": offered})
    assert response["X-Request-ID"] == response.content.decode() != offered
    assert len(response["X-Request-ID"]) == 32


def test_ids_differ_and_end_with_the_request() -> None:
    assert ask()["X-Request-ID"] != ask()["X-Request-ID"]
    assert request_id.current() == ""


def test_async_requests_keep_their_ids_apart() -> None:
    middleware = RequestIdMiddleware(answer_async)
    requests = [
        RequestFactory().get("/", headers={"X-Request-ID": f"request-{n}"}) for n in range(3)
    ]

    async def ask_all() -> list[HttpResponse]:
        return await asyncio.gather(*(middleware(request) for request in requests))

    # In a thread of its own: another test of this process may keep a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        responses = pool.submit(asyncio.run, ask_all()).result()
    assert [response.content.decode() for response in responses] == [
        f"request-{n}" for n in range(3)
    ]
