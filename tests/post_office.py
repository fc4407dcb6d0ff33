"""A mail server that takes every letter and keeps it (RFC 5321, as much as a sender needs)."""

from __future__ import annotations

import email
import socketserver
import threading
import time
from email.message import EmailMessage
from email.policy import default
from typing import Any

PATIENCE = 60  # seconds until a letter counts as lost


class _Talk(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self._say(b"220 uji")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say(b"354 go on")
                self._take()
            elif verb == b"QUIT":
                self._say(b"221 bye")
                return
            self._say(b"250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        self.server.letters.append(email.message_from_bytes(b"".join(lines), policy=default))

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class PostOffice(socketserver.ThreadingTCPServer):
    """Listens on a port of its own while it is used as a context."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> PostOffice:
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()

    def wait_for(self, address: str, count: int = 1) -> list[str]:
        """The texts of the letters to an address once there are `count`, the oldest first."""
        until = time.monotonic() + PATIENCE
        while True:
            found = [one for one in self.letters if address in str(one["To"])]
            if len(found) >= count or time.monotonic() > until:
                assert len(found) >= count, f"no letter {count} to {address}"
                return [one.get_body(("plain",)).get_content() for one in found]
            time.sleep(0.1)
