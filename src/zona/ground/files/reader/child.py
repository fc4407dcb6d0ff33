"""Work on other people's files in a process of its own, and following what it says."""

from __future__ import annotations

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

PULSE = 5.0  # seconds between two calls of `follow` at the latest

Follow = Callable[[int | None], None]


class ChildDied(Exception):
    """The process crashed or was killed: another try may go well."""


class ChildHung(ChildDied):
    """It said nothing for too long, or took too long in all."""


class ChildStopped(ChildDied):
    """Zona itself is being stopped: the file is not to blame."""


def run_child(
    command: list[str], follow: Follow, *, hang: float, seconds: float | None = None
) -> dict[str, Any]:
    """Run `python -m <command>`; its last line of JSON that is no progress.

    `follow` is called with each progress (0-99), and with None now and then while there is none; if
    it raises, the process is ended. `hang`: seconds without a word, `seconds`: in all. Raises
    ChildDied.
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_bare_environment(),
        )
        try:
            last = _follow(process, follow, hang, seconds)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        if last:
            return last
        if process.returncode == -signal.SIGTERM:
            raise ChildStopped
        if process.returncode == -signal.SIGXCPU:
            raise ChildHung("time")
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - 2000))
        told = errors.read().decode(errors="replace").strip()
        logger.warning("%s ended with %s: %s", command[0], process.returncode, told)
        raise ChildDied(f"status {process.returncode}")


def _follow(
    process: subprocess.Popen[bytes], follow: Follow, hang: float, seconds: float | None
) -> dict[str, Any]:
    """Read lines until the process closes its output; the last message that is no progress."""
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    last: dict[str, Any] = {}
    rest, begun = b"", time.monotonic()
    heard = begun
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            if seconds is not None and time.monotonic() - begun > seconds:
                raise ChildHung("time")
            if not selector.select(min(PULSE, hang)):
                if time.monotonic() - heard > hang:
                    raise ChildHung("hung")
                follow(None)
                continue
            block = os.read(descriptor, 65536)
            if not block:
                return last
            heard = time.monotonic()
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                message = json.loads(line)
                if "progress" in message:
                    follow(message["progress"])
                else:
                    last = message


def _bare_environment() -> dict[str, str]:
    """No passwords for a process that reads other people's files."""
    source = str(Path(__file__).resolve().parents[4])
    paths = [source, *(path for path in sys.path if path and path != source)]
    return {"PYTHONPATH": os.pathsep.join(paths), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
