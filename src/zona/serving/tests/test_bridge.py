"""RSGI to WSGI: what PEP 3333 asks, and the same answers as Django's own test client gives."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.validate import validator

import pytest
from django.core.files import File
from django.core.handlers.wsgi import WSGIHandler
from django.http import FileResponse
from django.test import Client

from zona.serving.front import bridge
from zona.serving.front.front import Front, Settings

from .rsgi import Protocol, Scope, ask

SETTINGS = Settings(
    threads=2,
    memory=10_000_000,
    session_cookie="sessionid",
    static_path="/static/",
    trusts_proxy=False,
)


def run(application: Any, path: str, **options: Any) -> Protocol:
    """One request to an application behind a front that keeps nothing."""

    async def go() -> Protocol:
        front = Front(application, SETTINGS)
        front.start(asyncio.get_running_loop())
        return await ask(front, path, **options)

    return asyncio.run(go())


def test_the_bridge_keeps_the_rules_of_wsgi() -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        seen.update(environ)
        start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"),
                                  ("Set-Cookie", "b=2")])  # fmt: skip
        return [environ["wsgi.input"].read(5), b"!"]

    headers = [
        ("host", "kantor.test:8000"),
        ("cookie", "a=1"),
        ("cookie", "b=2"),
        ("x-forwarded-for", "1.1.1.1"),
        ("x-forwarded-for", "2.2.2.2"),
        ("x_forwarded_proto", "https"),
        ("proxy", "http://evil.test"),
        ("content-type", "text/plain"),
    ]
    answer = run(
        validator(application), "/é/%41", method="POST", query_string="q=%20",
        pairs=headers, body=b"hello world", client="[::1]:7",
    )  # fmt: skip
    assert (answer.status, answer.content) == (200, b"hello!")
    assert answer.header("set-cookie") == "a=1, b=2"
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/é/%41"
    assert seen["QUERY_STRING"] == "q=%20"
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert seen["HTTP_X_FORWARDED_FOR"] == "1.1.1.1,2.2.2.2"
    assert seen["HTTP_HOST"] == "kantor.test:8000"
    assert (seen["REMOTE_ADDR"], seen["SERVER_PORT"]) == ("::1", "8000")
    assert (seen["CONTENT_TYPE"], seen["CONTENT_LENGTH"]) == ("text/plain", "11")
    assert not {"HTTP_X_FORWARDED_PROTO", "HTTP_PROXY", "HTTP_CONTENT_TYPE"} & seen.keys()


@pytest.mark.urls("zona.serving.tests.views")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize("name", ["csrf", "cookie", "varies", "lead_on", "echo", "stream", "no"])
def test_the_front_answers_as_django_does(method: str, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    ours = run(WSGIHandler(), f"/{name}/", method=method, headers={"cookie": "sessionid=x"})
    client.cookies["sessionid"] = "x"
    theirs = client.generic(method, f"/{name}/")
    assert ours.status == theirs.status_code
    varying = {"x-request-id", "content-length", "set-cookie", "content-security-policy"}
    assert {pair for pair in ours.pairs if pair[0] not in varying} == {
        (key.lower(), value) for key, value in theirs.items() if key.lower() not in varying
    }
    assert len([1 for key, _ in ours.pairs if key == "set-cookie"]) == len(theirs.cookies)
    if method != "HEAD" and name not in ("csrf", "no"):
        assert ours.content == (theirs.content if not theirs.streaming else theirs.getvalue())


@pytest.mark.parametrize("size", [0, 10, bridge.IN_MEMORY + 1])
@pytest.mark.urls("zona.serving.tests.views")
@pytest.mark.django_db(transaction=True)
def test_bodies_small_and_large_reach_django(size: int) -> None:
    answer = run(WSGIHandler(), "/upload/", method="POST", body=b"x" * size,
                 headers={"host": "testserver"})  # fmt: skip
    assert answer.content == str(size).encode()


@pytest.mark.parametrize("size", [10, bridge.IN_MEMORY + 1])
def test_a_body_that_was_cut_off_never_reaches_the_application(size: int) -> None:
    async def go() -> None:
        with pytest.raises(bridge.Refused, match="400"):
            await bridge.take_body(Protocol(b"x" * (size - 1)), size)

    asyncio.run(go())


def test_large_bodies_that_come_together_know_of_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size = 2 * bridge.MIB

    class Usage:
        free = bridge.SPARE + 2 * size - 1

    monkeypatch.setattr(bridge.shutil, "disk_usage", lambda place: Usage)

    async def go() -> None:
        begun, goes_on = asyncio.Event(), asyncio.Event()

        class Waiting(Protocol):
            async def __aiter__(self) -> Any:
                begun.set()
                await goes_on.wait()
                yield b"x" * size

        first = asyncio.create_task(bridge.take_body(Waiting(), size))
        await begun.wait()
        with pytest.raises(bridge.Refused, match="507"):
            await bridge.take_body(Protocol(b"x" * size), size)
        goes_on.set()
        (await first).close()
        (await bridge.take_body(Protocol(b"x" * size), size)).close()

    asyncio.run(go())


def files(path: Path, first: int = 0) -> Any:
    def application(environ: dict[str, Any], start_response: Any) -> Any:
        file = File(path.open("rb"))
        file.seek(first)
        response = FileResponse(file)
        start_response("200 OK", list(response.items()))
        result = environ["wsgi.file_wrapper"](response.file_to_stream)
        result.close = response.close
        return result

    return application


def test_a_plain_file_is_left_to_the_server(tmp_path: Path) -> None:
    path = tmp_path / "rekaman.mp3"
    path.write_bytes(b"0123456789")
    answer = run(files(path), "/")
    assert (answer.kind, answer.content) == ("file", b"0123456789")
    assert answer.header("content-length") == "10"
    assert run(files(path, 4), "/").content == b"456789"
    assert run(files(path), "/", method="HEAD").content == b""


def test_a_file_that_was_exchanged_or_is_no_plain_file_is_read_by_us(tmp_path: Path) -> None:
    path = tmp_path / "rekaman.mp3"
    path.write_bytes(b"old")
    with path.open("rb") as file:
        path.unlink()
        path.write_bytes(b"new")
        assert bridge._plain_file(file, "") is None
    assert bridge._plain_file(io.BytesIO(b"x"), "") is None
    import gzip

    with gzip.open(tmp_path / "x.gz", "wb") as packed:
        packed.write(b"x")
    with gzip.open(tmp_path / "x.gz") as packed:
        assert bridge._plain_file(packed, "") is None


@pytest.mark.urls("zona.serving.tests.views")
@pytest.mark.django_db(transaction=True)
def test_large_streams_and_events(tmp_path: Path) -> None:
    answer = run(WSGIHandler(), "/stream/")
    assert answer.kind == "file"
    assert answer.content == b"x" * 700_000 + b"y" * 700_000
    answer = run(WSGIHandler(), "/events/", headers={"cookie": "sessionid=1"})
    assert (answer.kind, answer.content) == ("stream", b"data: 1\n\ndata: 2\n\n")


def test_several_hosts_are_no_host() -> None:
    pairs = [("host", "good.test"), ("host", "evil.test")]
    assert bridge.hosts_of(Scope("/", pairs=pairs)) == "good.test,evil.test"
    scope = Scope("/", pairs=[("host", "a.test")], http_version="2", authority="b.test")
    assert bridge.hosts_of(scope) == "a.test,b.test"
    assert bridge.hosts_of(Scope("/", authority="b.test")) == "testserver"


def test_closing_is_called_even_when_the_answer_breaks() -> None:
    closed = []

    class Broken:
        def __iter__(self) -> Any:
            yield b"x"
            raise ValueError("halfway")

        def close(self) -> None:
            closed.append(1)

    def application(environ: Any, start_response: Any) -> Any:
        start_response("200 OK", [])
        return Broken()

    with pytest.raises(ValueError, match="halfway"):
        bridge.call(application, {})
    assert closed == [1]
