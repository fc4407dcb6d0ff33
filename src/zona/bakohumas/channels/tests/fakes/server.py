"""A small HTTP server in a thread that stands in for a service and can be told to misbehave.

It counts and keeps what was posted. Three ways of misbehaviour, each for the next n calls whose
path ends with `on`: answer something else (nothing is done), wait before answering, or do the work
and cut the connection before the answer. Other processes reach the same by `/_fake/`.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Call:
    """One request as the fake sees it. `form` holds query, form fields and JSON alike."""

    method: str
    path: str
    form: dict[str, Any]
    headers: dict[str, str]
    files: dict[str, bytes] = field(default_factory=dict)
    body: bytes = b""

    @property
    def token(self) -> str:
        bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
        return bearer or str(self.form.get("access_token", ""))


@dataclass
class Answer:
    """What is sent back."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Fault:
    """How the next `times` calls to a path that ends with `on` go wrong."""

    on: str = ""
    times: int = 1
    answer: Answer | None = None
    delay: float = 0.0  # seconds
    cut: bool = False


class Fake:
    """Base of all fakes. Used as `with FakeTelegram() as fake: ... fake.url ...`."""

    kind: ClassVar[str] = ""

    def __init__(self, port: int = 0) -> None:
        self.calls: list[Call] = []
        self.posts: dict[str, dict[str, Any]] = {}  # what the public would see, by its number
        self.deleted: list[str] = []
        self.faults: list[Fault] = []
        self.lock = threading.RLock()
        self.numbers = 100
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                fake.serve(self)

            do_GET = do_POST = do_PUT = do_DELETE = handle_any

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Fake:
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def next_number(self) -> int:
        self.numbers += 1
        return self.numbers

    # --- misbehaviour ---

    def fail(self, answer: Answer, *, on: str = "", times: int = 1) -> None:
        """Answer this and do nothing."""
        self.faults.append(Fault(on=on, times=times, answer=answer))

    def cut(self, *, on: str = "", times: int = 1) -> None:
        """Do the work and cut the connection without an answer."""
        self.faults.append(Fault(on=on, times=times, cut=True))

    def wait(self, seconds: float, *, on: str = "", times: int = 1) -> None:
        """Do the work and answer later."""
        self.faults.append(Fault(on=on, times=times, delay=seconds))

    def count(self, on: str) -> int:
        """How many calls came to a path with this in it."""
        return sum(on in call.path for call in self.calls)

    # --- serving ---

    def answer(self, call: Call) -> Answer:
        """What the service would answer."""
        raise NotImplementedError

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        call = read(handler)
        if call.path.startswith("/_fake/"):
            return reply(handler, self.control(call))
        with self.lock:
            self.calls.append(call)
            fault = next((f for f in self.faults if f.times and call.path.endswith(f.on)), Fault())
            fault.times -= 1
        if fault.answer:
            return reply(handler, fault.answer)
        with self.lock:
            answer = self.answer(call)
        if fault.delay:
            time.sleep(fault.delay)
        if fault.cut:
            handler.close_connection = True
            handler.connection.close()
            return None
        return reply(handler, answer)

    def control(self, call: Call) -> Answer:
        """`GET /_fake/posts`; `POST /_fake/fault` with the fields of Fault, `status`, `body`."""
        if call.path == "/_fake/fault":
            form = dict(call.form)
            if "status" in form:
                body = form.pop("body", None)
                form["answer"] = Answer(body, int(form.pop("status")), form.pop("headers", {}))
            self.faults.append(Fault(**form))
            return Answer({"ok": True})
        calls = [call.path for call in self.calls]
        return Answer({"posts": self.posts, "deleted": self.deleted, "calls": calls})


def read(handler: BaseHTTPRequestHandler) -> Call:
    """The request: query, form, multipart and JSON become one dictionary."""
    parts = urlsplit(handler.path)
    headers = {name.lower(): value for name, value in handler.headers.items()}
    body = handler.rfile.read(int(headers.get("content-length", 0)))
    form: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
    files: dict[str, bytes] = {}
    kind = headers.get("content-type", "")
    if kind.startswith("application/json") and body:
        form |= json.loads(body)
    elif kind.startswith("application/x-www-form-urlencoded"):
        form |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif kind.startswith("multipart/form-data"):
        letter = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        for part in letter.get_payload():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if part.get_filename():
                files[name] = content
            else:
                form[name] = content.decode()
    return Call(handler.command, parts.path, form, headers, files, body)


def reply(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
    kind = "text/html" if isinstance(answer.body, str) else "application/json"
    handler.send_response(answer.status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(text.encode())))
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(text.encode())
