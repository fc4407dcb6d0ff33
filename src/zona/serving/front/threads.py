"""A few threads for Django behind the event loop.

Own code, because the threads of concurrent.futures hold up the end of the process until the last
one is done; these end with it, so that stopping stays a matter of seconds.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """`count` threads that work off calls in their order."""

    def __init__(self, count: int, loop: asyncio.AbstractEventLoop, name: str) -> None:
        self.loop = loop
        self.done = 0  # calls that were finished
        self.queue: SimpleQueue[tuple[asyncio.Future[Any], Callable[[], Any]]] = SimpleQueue()
        for number in range(count):
            name_of_one = f"{name}-{number + 1}"
            threading.Thread(target=self._work, name=name_of_one, daemon=True).start()

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[T]:
        """Call a function in a thread; the future belongs to the event loop."""
        future: asyncio.Future[T] = self.loop.create_future()
        self.queue.put((future, lambda: function(*args, **kwargs)))
        return future

    def _work(self) -> None:
        while True:
            future, call = self.queue.get()
            try:
                result, error = call(), None
            except BaseException as caught:  # handed to whoever waits
                result, error = None, caught
            self.done += 1  # by several threads: that it moves is enough
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self.loop.call_soon_threadsafe(_settle, future, result, error)


def _settle(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
