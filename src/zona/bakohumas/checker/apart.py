"""Runs the checker away from the threads of pages, and keeps what it said of each text.

Every process that asks has one process of the checker beside it (`checker/__main__.py`), which is
ended and begun anew when a draft takes too long. A page waits a moment for the answer; when there
is none yet it says so, and the next opening finds it. Answers are kept by all that was checked, so
a text is read once, not at every opening.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import pickle
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from .rules import UNREAD, Draft, Finding, House, Severity

logger = logging.getLogger(__name__)

WAIT = 2.0  # seconds that a page waits for an answer
PATIENCE = 20.0  # seconds that a publication waits for it
MOST_WAITING = 20  # drafts that wait for the checker of one process
KEPT = 500  # answers
AGAIN_AFTER = 600.0  # seconds after which a draft that could not be checked is tried again

PENDING = Finding("check_pending", Severity.WARNING, "item")
UNFINISHED = Finding("check_unfinished", Severity.WARNING, "item")
OPEN = frozenset({PENDING.code, UNFINISHED.code, UNREAD})  # something was not checked


class CheckerEnded(Exception):
    """The checker's process ended without an answer."""


@dataclass
class Process:
    """The checker's process; begun when it is first asked, or when the last one ended."""

    running: subprocess.Popen[bytes] | None = None

    def check(self, draft: Draft, house: House) -> list[Finding]:
        """Blocks for as long as the checker may take. Raises CheckerEnded."""
        process = self.running = self._alive() or self._begin()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump((draft, house), process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)  # noqa: S301 - from our own process
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.end()
            raise CheckerEnded from error
        if isinstance(answer, str):
            logger.error("A rule of the checker failed:\n%s", answer)
            raise CheckerEnded
        return list(answer)

    def _alive(self) -> subprocess.Popen[bytes] | None:
        return self.running if self.running and self.running.poll() is None else None

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "zona.bakohumas.checker.rules"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def end(self) -> None:
        process, self.running = self.running, None
        if process is None:
            return
        process.kill()
        process.communicate()


@dataclass
class Answers:
    """What was asked, by its fingerprint: done, failed or still waiting. Safe among threads."""

    process: Process = field(default_factory=Process)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: OrderedDict[bytes, tuple[Future[list[Finding]], float]] = field(
        default_factory=OrderedDict
    )
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="checker")
    )

    def ask(self, draft: Draft, house: House) -> Future[list[Finding]] | None:
        """The answer, now or later; None while too many wait before it."""
        key = hashlib.sha256(repr((draft, house)).encode("utf-8", "surrogatepass")).digest()
        with self._lock:
            found = self._find(key)
            if found is None and self._waiting() < MOST_WAITING:
                found = self._thread.submit(self.process.check, draft, house)
                self._kept[key] = found, time.monotonic()
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return found

    def _find(self, key: bytes) -> Future[list[Finding]] | None:
        if key not in self._kept:
            return None
        found, asked_at = self._kept[key]
        is_failed = found.done() and found.exception() is not None
        if is_failed and time.monotonic() - asked_at > AGAIN_AFTER:
            return None
        self._kept.move_to_end(key)
        return found

    def _waiting(self) -> int:
        return sum(not found.done() for found, _asked_at in self._kept.values())


_answers = Answers()
atexit.register(_answers.process.end)


def findings_of(draft: Draft, house: House, *, wait: float = WAIT) -> Sequence[Finding]:
    """What the checker says of a draft; PENDING or UNFINISHED alone when it did not say it yet."""
    asked = _answers.ask(draft, house)
    if asked is None:
        return [PENDING]
    try:
        return asked.result(timeout=wait)
    except TimeoutError:
        return [PENDING]
    except CheckerEnded:
        return [UNFINISHED]


def is_whole(findings: Sequence[Finding]) -> bool:
    """Whether nothing of the draft was left unchecked."""
    return OPEN.isdisjoint(finding.code for finding in findings)
