"""How a web process proves its life to the supervisor, and how the supervisor hears of it.

Each process sends a datagram over a socket of this machine whenever its own page threads got
something done: one question over the port would reach any of several processes. The kernel says
who sent it (SCM_CREDENTIALS), so nobody can speak for another. It takes no room on a disk. Linux
only; elsewhere nobody is listened to, and nobody replaced. Standard library only.
"""

import asyncio
import contextlib
import os
import secrets
import socket
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

VARIABLE = "HEARTBEAT_SOCKET_OF_ZONA"  # in the environment of the supervisor's children
EVERY = 5.0  # seconds between two beats
SILENCE = 30.0  # seconds without a beat after which a process counts as hung
SO_PASSCRED = 16
CREDENTIALS = struct.Struct("3i")  # process, user, group


def beat() -> None:
    """Tell the supervisor that this process gets things done; nothing where none listens."""
    name = os.environ.get(VARIABLE)
    if not name:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        sender.sendto(b"\n", f"\0{name}")


async def keep_beating(
    ask: Callable[[], asyncio.Future[None]], count_done: Callable[[], int]
) -> None:
    """Beat every EVERY seconds, as long as the page threads get anything done.

    ask: sends a tiny call through the threads, behind all that waits. count_done: how many calls
    they have finished so far; a long line that moves is no hang.
    """
    asked, done = ask(), -1
    while True:
        if asked.done() or count_done() != done:
            beat()
        done = count_done()
        if asked.done():
            asked = ask()
        await asyncio.sleep(EVERY)


@dataclass
class Listener:
    """The supervisor's ear: when it last heard of each process (monotonic seconds)."""

    heard: dict[int, float] = field(default_factory=dict)
    looked: float = field(default_factory=time.monotonic)
    ear: socket.socket | None = None

    def open(self) -> None:
        """Begin to listen, and name the socket in the environment of children started later."""
        if sys.platform != "linux":
            return
        name = f"zona-{os.getpid()}-{secrets.token_hex(8)}"
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ear.setsockopt(socket.SOL_SOCKET, SO_PASSCRED, 1)
        self.ear.setblocking(False)
        self.ear.bind(f"\0{name}")
        os.environ[VARIABLE] = name

    def close(self) -> None:
        """Listen no longer."""
        if self.ear is not None:
            self.ear.close()
            self.ear = None
            os.environ.pop(VARIABLE, None)

    def take(self, now: float) -> None:
        """Note all beats that have come. `now`: monotonic seconds."""
        # When we were held up ourselves (a machine that was paused), so were those we listen to.
        pause = now - self.looked
        if pause > SILENCE / 2:
            self.heard = {process: at + pause for process, at in self.heard.items()}
        self.looked = now
        with contextlib.suppress(BlockingIOError):
            while self.ear is not None:
                _, extra, _, _ = self.ear.recvmsg(16, socket.CMSG_SPACE(CREDENTIALS.size))
                for _, _, data in extra:
                    process, user, _ = CREDENTIALS.unpack(data[: CREDENTIALS.size])
                    if user == os.getuid():
                        self.heard[process] = now

    def silent(self, now: float) -> list[int]:
        """Processes that were heard of and then no more for SILENCE; each is named once."""
        found = [process for process, at in self.heard.items() if now - at > SILENCE]
        for process in found:
            del self.heard[process]
        return found
