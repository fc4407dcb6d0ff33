"""Readers that do what no reader should, for the process around them to survive."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any


def hog(path: Path, tell: Any) -> int:
    return len(bytearray(4 * 1024**3))


def dig(path: Path, tell: Any) -> int:
    return dig(path, tell) + 1


def stumble(path: Path, tell: Any) -> None:
    raise AttributeError


def die(path: Path, tell: Any) -> None:
    os._exit(3)


def wait(path: Path, tell: Any) -> None:
    time.sleep(600)


def tell_environment(path: Path, tell: Any) -> list[str]:
    return list(os.environ)


def listen(path: Path, tell: Any) -> dict[str, int]:
    return {"bytes": path.stat().st_size}
