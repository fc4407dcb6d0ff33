"""A client and a server in memory: what Granian gives to an RSGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field


class Headers:
    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = [(name.lower(), value) for name, value in pairs]

    def get(self, name: str, default: str | None = None) -> str | None:
        return next((value for known, value in self.pairs if known == name), default)

    def get_all(self, name: str) -> list[str]:
        return [value for known, value in self.pairs if known == name]

    def items(self) -> list[tuple[str, str]]:
        return self.pairs


@dataclass
class Scope:
    path: str
    method: str = "GET"
    query_string: str = ""
    pairs: list[tuple[str, str]] = field(default_factory=lambda: [("host", "testserver")])
    proto: str = "http"
    http_version: str = "1.1"
    scheme: str = "http"
    server: str = "127.0.0.1:8000"
    client: str = "10.0.0.7:40001"
    authority: str | None = None

    @property
    def headers(self) -> Headers:
        return Headers(self.pairs)


class Protocol:
    """Takes the answer; `body` is what the client sends."""

    def __init__(self, body: bytes = b"") -> None:
        self.body = body
        self.status = 0
        self.pairs: list[tuple[str, str]] = []
        self.content = b""
        self.kind = ""

    async def __call__(self) -> bytes:
        return self.body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.body), 65_536):
            yield self.body[start : start + 65_536]

    def close(self, status: int) -> None:
        self.status = status

    def _take(self, kind: str, status: int, pairs: list[tuple[str, str]], content: bytes) -> None:
        assert not self.kind, "answered twice"
        self.kind, self.status, self.pairs, self.content = kind, status, list(pairs), content

    def response_empty(self, status: int, pairs: list[tuple[str, str]]) -> None:
        self._take("empty", status, pairs, b"")

    def response_bytes(self, status: int, pairs: list[tuple[str, str]], body: bytes) -> None:
        self._take("bytes", status, pairs, body)

    def response_file_range(
        self, status: int, pairs: list[tuple[str, str]], path: str, first: int, last: int
    ) -> None:
        with open(path, "rb") as file:
            file.seek(first)
            self._take("file", status, pairs, file.read(last - first))

    def response_stream(self, status: int, pairs: list[tuple[str, str]]) -> Protocol:
        self._take("stream", status, pairs, b"")
        return self

    async def send_bytes(self, part: bytes) -> None:
        self.content += part

    def header(self, name: str) -> str:
        return ", ".join(value for known, value in self.pairs if known == name)


async def ask(front: object, path: str, *, body: bytes = b"", **options: object) -> Protocol:
    """One request from beginning to end. Options: those of Scope, and `headers` to add."""
    added = options.pop("headers", {})
    scope = Scope(path, **options)  # type: ignore[arg-type]
    scope.pairs = [*scope.pairs, *dict(added).items()]  # type: ignore[call-overload]
    if body:
        scope.pairs.append(("content-length", str(len(body))))
    protocol = Protocol(body)
    await asyncio.wait_for(front.__rsgi__(scope, protocol), 20)  # type: ignore[attr-defined]
    return protocol
