"""From RSGI, which Granian's event loop speaks, to a WSGI application in a thread (PEP 3333).

Bodies of requests are taken in by the event loop, large ones into a temporary file, before a
thread is taken: a slow phone that uploads holds no thread. Plain files go out by Granian itself,
other large answers by way of a temporary file: Granian's own streams know no back-pressure
(measured on 2.8: 130 MB were taken in at once for a client that read nothing).
"""

from __future__ import annotations

import asyncio
import errno
import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from wsgiref.util import FileWrapper

MIB = 2**20
IN_MEMORY = MIB  # bytes of a body that stay in memory
SPARE = 512 * MIB  # bytes that must stay free on the disk with the temporary files
IDLE = 20.0  # seconds in which some of a body must arrive
SLOWEST = 1024  # bytes a second that a body must come with after the first IDLE seconds

_coming: dict[int, int] = {}  # bytes that large bodies of this process have still to bring

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Refused(Exception):
    """The request gets no answer from the application but this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


# --- requests ---


def hosts_of(scope: Any) -> str:
    """The host asked for; several that differ are joined, and so refused by Django."""
    hosts = dict.fromkeys(scope.headers.get_all("host"))
    if not scope.http_version.startswith("1") and scope.authority:
        hosts[scope.authority] = None
    return ",".join(hosts)


def build_environ(scope: Any, *, only: frozenset[str] | None = None) -> dict[str, Any]:
    """The environ of a request without its body. `only`: leave out all other headers."""
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
    }
    for name, value in scope.headers.items():
        # X_Forwarded_Proto would become the same key as X-Forwarded-Proto; Proxy is "httpoxy".
        if "_" in name or name in ("host", "proxy") or (only is not None and name not in only):
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        if key in environ:
            value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
        environ[key] = value
    if host := hosts_of(scope):
        environ["HTTP_HOST"] = host
    return environ


async def take_body(proto: Any, length: int) -> IO[bytes]:
    """The body of a request as a file at its start.

    Raises Refused. 400: the client has gone; 408: it sends nothing or next to nothing; 507: the
    disk has no room. A body without a length is none, as for WSGI everywhere.
    """
    if length <= IN_MEMORY:
        return await _receive(proto, length, io.BytesIO()) if length else io.BytesIO()
    room = shutil.disk_usage(tempfile.gettempdir()).free - sum(_coming.values())
    if room < length + SPARE:
        raise Refused(507)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the request
    _coming[id(file)] = length
    try:
        return await _receive(proto, length, file, told=id(file))
    finally:
        _coming.pop(id(file), None)


async def _receive(proto: Any, length: int, file: IO[bytes], told: int | None = None) -> IO[bytes]:
    """Write the body to `file`, as long as it comes at a bearable pace."""
    begun = time.monotonic()
    received = 0
    chunks = aiter(proto)
    try:
        while received < length:
            left = begun + IDLE + received / SLOWEST - time.monotonic()
            chunk = await asyncio.wait_for(anext(chunks), min(IDLE, left))
            received += len(chunk)
            file.write(chunk)
            if told is not None:
                _coming[told] = length - received
        if received != length:
            raise Refused(400)
    except BaseException as error:
        file.close()
        if isinstance(error, TimeoutError):
            raise Refused(408) from error
        if isinstance(error, StopAsyncIteration):
            raise Refused(400) from error
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise Refused(507) from error
        raise
    file.seek(0)
    return file


# --- answers ---


@dataclass
class Answer:
    """What the application answered: exactly one of `content`, `file` and `parts` is the body."""

    status: int
    headers: list[tuple[str, str]]  # names in lower case
    content: bytes | None = None
    file: tuple[str, int, int] | None = None  # path, first byte, byte after the last
    is_temporary: bool = False  # the file is ours, to be deleted
    parts: Iterator[bytes] | None = None  # server-sent events: as they come
    close: Callable[[], None] = lambda: None

    def header(self, name: str) -> str:
        return next((value for known, value in self.headers if known == name), "")


@dataclass
class _Start:
    """The start_response of one request. Nothing is sent before the application is done."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    written: list[bytes] = field(default_factory=list)

    def __call__(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], Any]:
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower(), value) for name, value in headers]
        return self.written.append


def call(application: Application, environ: dict[str, Any]) -> Answer:
    """Run the application to the end of its answer; in a thread."""
    start = _Start()
    result = application(environ, start)
    close: Callable[[], None] = getattr(result, "close", lambda: None)
    try:
        answer = _collect(result, start)
        if answer.parts is None:
            close()
        else:
            answer.close = close
    except BaseException:
        close()
        raise
    return answer


def _collect(result: Iterable[bytes], start: _Start) -> Answer:
    if isinstance(result, FileWrapper):
        length = next((value for name, value in start.headers if name == "content-length"), "")
        if found := _plain_file(result.filelike, length):
            return Answer(start.status, start.headers, file=found)
    parts = iter(result)
    kind = next((value for name, value in start.headers if name == "content-type"), "")
    if kind.startswith("text/event-stream"):
        return Answer(start.status, start.headers, parts=parts)
    kept: list[bytes] = []
    size = 0
    for part in parts:
        kept.append(part)
        size += len(part)
        if size > IN_MEMORY:
            return _spool([*start.written, *kept], parts, start)
    return Answer(start.status, start.headers, content=b"".join([*start.written, *kept]))


def _spool(first: list[bytes], rest: Iterator[bytes], start: _Start) -> Answer:
    """A large answer by way of a temporary file."""
    with tempfile.NamedTemporaryFile(prefix="zona-", delete=False) as file:
        try:
            file.writelines(first)
            file.writelines(rest)
            size = file.tell()
        except BaseException:
            os.unlink(file.name)
            raise
    headers = [pair for pair in start.headers if pair[0] != "content-length"]
    headers.append(("content-length", str(size)))
    return Answer(start.status, headers, file=(file.name, 0, size), is_temporary=True)


def _plain_file(filelike: Any, length: str) -> tuple[str, int, int] | None:
    """Path and range of an open file when it is nothing but a file on disk that is still there."""
    raw = getattr(filelike, "file", filelike)  # Django's File
    if not isinstance(raw, (io.BufferedReader, io.FileIO)) or not isinstance(raw.name, str):
        return None
    try:
        there = os.fstat(raw.fileno())
        if not os.path.samestat(there, os.stat(raw.name)):
            return None
        first = raw.tell()
    except (OSError, ValueError):
        return None
    last = first + int(length) if length.isdecimal() else there.st_size
    return (os.path.abspath(raw.name), first, last) if last <= there.st_size else None
