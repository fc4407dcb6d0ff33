"""Starting the engine in a process of its own and following what it says."""

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

from .rules.faults import EngineFault, Fault

logger = logging.getLogger(__name__)

HANG = 180.0  # seconds without a word after which a decoder is taken for hung
PULSE = 5.0  # seconds between two calls of `follow` at the latest

Follow = Callable[[int | None], None]


class EngineDied(Exception):
    """The process crashed, hung or was killed: another try may go well."""


class EngineStopped(EngineDied):
    """Zona itself is being stopped: the recording is not to blame."""


def run_engine(command: list[str], follow: Follow, hang: float = HANG) -> dict[str, Any]:
    """Run `python -m <command>` and return what it has done.

    `follow` is called with each progress (0-99), and with None now and then while there is none; if
    it raises, the process is ended. Raises EngineFault as the engine found it, or EngineDied.
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
            last = _follow(process, follow, hang)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        if "done" in last:
            return dict(last["done"])
        if "fault" in last:
            raise EngineFault(Fault(last["fault"]))
        if process.returncode == -signal.SIGTERM:
            raise EngineStopped
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - 2000))
        told = errors.read().decode(errors="replace").strip()
        logger.warning("engine ended with %s: %s", process.returncode, told)
        raise EngineDied(f"status {process.returncode}")


def _follow(process: subprocess.Popen[bytes], follow: Follow, hang: float) -> dict[str, Any]:
    """Read lines until the process closes its output; the last message that is no progress."""
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    last: dict[str, Any] = {}
    rest, heard = b"", time.monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            if not selector.select(min(PULSE, hang)):
                if time.monotonic() - heard > hang:
                    raise EngineDied("hung")
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
    source = str(Path(__file__).resolve().parents[2])
    paths = [source, *(path for path in sys.path if path and path != source)]
    return {"PYTHONPATH": os.pathsep.join(paths), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
