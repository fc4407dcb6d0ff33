"""Read a file: `python -m zona.ground.files.reader.engine MODULE:FUNCTION SOURCE RESULT ARGUMENTS`.

The process has little memory and little time, no passwords and no database, so that a file which
nobody foresaw ends it and nothing else. Writes lines of JSON: {"progress": 0-99} at most twice a
second, and last {"done": true} or {"refused": {...}}, with the peak of memory (KiB); what was read
stands in RESULT.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from . import limits
from .limits import TooMuch, Unreadable

NICE = 10  # the website comes first


class Reporter:
    """Tells how far the work is, at most twice a second."""

    def __init__(self) -> None:
        self.told_at = 0.0

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now - self.told_at >= 0.5:
            self.told_at = now
            say({"progress": min(int(share * 100), 99)})


def say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def read(function: str, source: Path, arguments: dict[str, Any]) -> Any:
    """Call the reader named "module:function"."""
    module, _, name = function.partition(":")
    if not module.startswith("zona."):
        raise ValueError(module)
    return getattr(importlib.import_module(module), name)(source, Reporter(), **arguments)


def answer(function: str, source: Path, result: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """The last message of this process."""
    try:
        found = read(function, source, arguments)
        with result.open("w", encoding="utf-8") as file:
            json.dump(found, file)
    except TooMuch as error:
        return {"refused": {"code": error.code, "limit": error.limit, "found": error.found}}
    except Unreadable as error:
        return {"refused": {"code": error.code, "detail": error.detail}}
    except MemoryError:
        return {"refused": {"code": "memory", "limit": limits.MEMORY}}
    except RecursionError:
        return {"refused": {"code": "depth", "limit": limits.DEPTH}}
    except Exception as error:  # whatever a stranger's file set off: the same again next time
        traceback.print_exc()
        return {"refused": {"code": "broken", "detail": type(error).__name__}}
    return {"done": True}


def peak() -> int:
    """The most memory that this process has held, in KiB (proc(5); ru_maxrss has the parent's)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


def main(argv: list[str]) -> int:
    function, source, result, arguments = argv
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    say({"progress": 0})
    last = answer(function, Path(source), Path(result), json.loads(arguments))
    say(last | {"peak": peak()})
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
