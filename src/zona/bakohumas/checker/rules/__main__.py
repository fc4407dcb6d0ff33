"""`python -m zona.bakohumas.checker.rules`: check draft after draft, in a process of its own.

Reads pickled (Draft, House) from its parent and answers each with the pickled list of findings, or
with the text of the error that a rule raised. A draft that takes too long ends the process, also in
the midst of a pattern: that is what it is for. It ends by itself when its parent is gone.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import traceback

from . import check

LIMIT = 5.0  # seconds of computing for one draft
STANDSTILL = 60.0  # seconds by the clock, when the machine is too busy to compute
MEMORY = 1024**3  # bytes of address space
NICE = 5  # pages come first


def main() -> None:
    os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's end is its end
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            draft, house = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the parent alone
        except EOFError:
            return
        limit(LIMIT, STANDSTILL)
        try:
            answer: object = check(draft, house)
        except Exception:
            answer = traceback.format_exc()
        limit(0, 0)
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def limit(computing: float, clock: float) -> None:
    """Let the system end the process after so many seconds; 0 takes it back."""
    signal.setitimer(signal.ITIMER_PROF, computing)
    signal.setitimer(signal.ITIMER_REAL, clock)


if __name__ == "__main__":
    main()
