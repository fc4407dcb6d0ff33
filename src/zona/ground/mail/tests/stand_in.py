"""A mail server on this machine that answers as a test says, and keeps what it took."""

from __future__ import annotations

import socket
import socketserver
import threading
from dataclasses import dataclass, field
from typing import Any, Self

Answers = dict[str, str]  # address or verb -> answer; "hang up" cuts the line


@dataclass
class Taken:
    to: list[str] = field(default_factory=list)
    text: str = ""


class Talk(socketserver.StreamRequestHandler):
    """One connection; as much of RFC 5321 as smtplib speaks."""

    server: StandIn

    def handle(self) -> None:
        self.server.lines += 1
        if not self.say(self.server.answers.get("hello", "220 siap")):
            return
        letter = Taken()
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].split(":")[0].upper()
            match verb:
                case "MAIL":
                    letter = Taken()
                case "RCPT":
                    letter.to.append(line.partition("<")[2].partition(">")[0])
                case "QUIT":
                    self.say("221 ya")
                    return
            if not self.say(self.answer(verb, letter)):
                return
            if verb == "DATA" and not self.take(letter):
                return

    def answer(self, verb: str, letter: Taken) -> str:
        given = {"DATA": "354 lanjut", "EHLO": "250 zona"}.get(verb, "250 ya")
        key = letter.to[-1] if verb == "RCPT" and letter.to else verb
        return self.server.answers.get(key, given)

    def take(self, letter: Taken) -> bool:
        lines = []
        while (line := self.rfile.readline().decode()) and line != ".\r\n":
            lines.append(line)
        letter.text = "".join(lines)
        said = self.server.answers.get("end", "250 diterima")
        if said.startswith(("250", "hang up")):
            self.server.taken.append(letter)
        return self.say(said)

    def say(self, answer: str) -> bool:
        if answer == "hang up":
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return not answer.startswith("421")


class StandIn(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers: Answers = {}
        self.taken: list[Taken] = []
        self.lines = 0  # connections

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.shutdown()
        self.server_close()
