"""A push service as browsers have one: checks what it is sent as the standards ask, and decrypts.

RFC 8030 (push), 8188 and 8291 (encryption), 8292 (VAPID).
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """A subscription as a browser holds it: the private key never leaves it."""

    endpoint: str
    server_key: str
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    shown: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": encode(point), "auth": encode(self.auth)}
        return {"endpoint": self.endpoint, "keys": keys}

    def receive(self, body: bytes) -> None:
        raw = http_ece.decrypt(
            body, private_key=self.private, auth_secret=self.auth, version="aes128gcm"
        )
        self.shown.append(json.loads(raw))


class PushService:
    """Keeps browsers by path; `answers` holds what to answer instead of taking a message."""

    def __init__(self) -> None:
        self.browsers: dict[str, Browser] = {}
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.headers: list[dict[str, str]] = []
        self.faults: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, extra = service.take(self.path, headers, body)
                self.send_response(status)
                for name, value in extra.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"

    def subscribe(self, server_key: str) -> Browser:
        path = f"/push/{secrets.token_hex(8)}"
        self.browsers[path] = Browser(self.origin + path, server_key)
        return self.browsers[path]

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        self.headers.append(headers)
        if self.answers:
            return self.answers.pop(0)
        browser = self.browsers.get(path)
        if browser is None:
            return 410, {}
        fault = self.find_fault(browser, headers, body)
        if fault:
            self.faults.append(fault)
            return 400, {}
        browser.receive(body)
        return 201, {}

    def find_fault(self, browser: Browser, headers: dict[str, str], body: bytes) -> str:
        if not headers.get("ttl", "").isdigit():
            return "RFC 8030, 5.2: no TTL"
        if headers.get("urgency", "normal") not in {"very-low", "low", "normal", "high"}:
            return "RFC 8030, 5.3: urgency"
        topic = headers.get("topic", "")
        if len(topic) > 32 or not topic.replace("-", "").replace("_", "").isalnum():
            return "RFC 8030, 5.4: topic"
        if headers.get("content-encoding") != "aes128gcm" or len(body) > 4_096:
            return "RFC 8291, 4: encoding or size"
        authorization = headers.get("authorization", "")
        if not Vapid02.verify(authorization):
            return "RFC 8292: signature"
        parts = dict(p.strip().split("=", 1) for p in authorization[6:].split(","))
        if parts["k"] != browser.server_key:
            return "RFC 8292, 4.2: another sender's key"
        claims = json.loads(decode(parts["t"].split(".")[1]))
        if claims["aud"] != self.origin:
            return "RFC 8292, 2: audience"
        if not time.time() < claims["exp"] <= time.time() + 86_400:
            return "RFC 8292, 2: expiry"
        if not claims["sub"].startswith(("mailto:", "https:")):
            return "RFC 8292, 2.1: subject"
        return ""


@contextmanager
def run_push_service() -> Iterator[PushService]:
    service = PushService()
    thread = threading.Thread(target=service.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        thread.join()
