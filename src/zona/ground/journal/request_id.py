"""The id of the request (or job) at hand, so that rows of one act can be found together."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

MAX_LENGTH = 64

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_current: ContextVar[str] = ContextVar("journal_request_id", default="")


def current() -> str:
    """The id at hand, "" outside a request."""
    return _current.get()


def accept(offered: str | None) -> str:
    """The offered id when it is 8 to 64 letters, digits, dots or dashes; else a new one."""
    return offered if offered and _SANE.fullmatch(offered) else uuid4().hex


@contextmanager
def bound(value: str) -> Iterator[str]:
    """Let `value` be the id at hand inside the block; background jobs use it too."""
    token = _current.set(value)
    try:
        yield value
    finally:
        _current.reset(token)
