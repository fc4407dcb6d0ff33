"""Every kind of answer of the front carries the headers that guard it, and leads to https."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from zona.config.web.security import security_headers
from zona.ground.guard.bodies import ANYONE
from zona.serving.front.front import HSTS, Front

from . import views  # noqa: F401 - the addresses
from .rsgi import Protocol, Scope, ask
from .shop import Shop, play

HEADERS = (*security_headers(), (HSTS, "max-age=31536000"))
SECURE = {
    "headers": HEADERS,
    "base_url": "https://testserver",
    "hosts": ("testserver",),
    "trusts_proxy": True,
}


def assert_guarded(answer: Protocol, *, without: str = "") -> None:
    names = [name for name, _ in answer.pairs]
    for name, _ in HEADERS:
        assert names.count(name) == (name != without), (answer.status, name)


@pytest.mark.urls("zona.serving.tests.views")
@pytest.mark.django_db(transaction=True)
def test_no_answer_leaves_without_its_headers() -> None:
    async def story(front: Front) -> None:
        first = await ask(front, "/plain/")
        tag = {"if-none-match": first.header("etag")}
        answers = [
            first,
            await ask(front, "/plain/"),  # from memory
            await ask(front, "/plain/", headers=tag),
            await ask(front, "/plain/", pairs=[("host", "jahat.test")]),
            await ask(front, "/missing/"),
            await ask(front, "/static/missing.css"),
            await ask(front, "/-/sehat/"),
            await ask(front, "/stream/"),
            await ask(front, "/events/", headers={"cookie": "sessionid=1"}),
            await ask(front, "/plain/", method="DELETE"),
            await ask(front, "/lead_on/"),
            await ask(front, "/echo/", method="POST", body=b"x" * (ANYONE + 1)),
        ]
        assert [answer.status for answer in answers] == [
            200, 200, 304, 400, 404, 404, 200, 200, 200, 405, 302, 413,
        ]  # fmt: skip
        for answer in answers:
            assert_guarded(answer)

    play(WSGIHandler(), story, **SECURE)


def test_an_application_that_breaks_is_answered_for() -> None:
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise RuntimeError

    async def story(front: Front) -> Protocol:
        return await ask(front, "/a/", method="POST")

    answer = play(application, story, **SECURE)
    assert answer.status == 500
    assert_guarded(answer)
    assert b"gangguan" in answer.content


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_http_leads_to_https_and_nothing_else_is_done(method: str) -> None:
    shop = Shop()

    async def story(front: Front) -> Protocol:
        said = {"x-forwarded-proto": "http"}
        return await ask(front, "/a/", method=method, query_string="b=1", headers=said)

    answer = play(shop, story, **SECURE)
    assert (answer.status, answer.header("location")) == (308, "https://testserver/a/?b=1")
    assert_guarded(answer, without=HSTS)  # which is for answers that came encrypted
    assert not shop.made


@pytest.mark.parametrize(
    "options", [{"trusts_proxy": False}, {"base_url": "http://testserver"}], ids=str
)
def test_without_a_proxy_that_is_trusted_nobody_is_led_in_circles(options: dict[str, Any]) -> None:
    async def story(front: Front) -> Protocol:
        return await ask(front, "/a/", headers={"x-forwarded-proto": "http"})

    assert play(Shop(), story, **(SECURE | options)).status == 200


def test_a_refused_connection_of_another_kind_is_closed() -> None:
    async def story(front: Front) -> Protocol:
        protocol = Protocol()
        await front.__rsgi__(Scope("/", proto="ws"), protocol)
        return protocol

    assert play(Shop(), story, **SECURE).status == 403
