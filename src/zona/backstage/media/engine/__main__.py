"""Make a recording ready: `python -m zona.backstage.media.engine KIND QUALITY SOURCE FOLDER`.

Writes lines of JSON: {"progress": 0-99} at most once a second, and last either {"done": {...}} or
{"fault": "..."}. Whoever started it and reads no more makes it end with its next line.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from ..rules.faults import EngineFault

MEMORY = 4 * 1024**3  # bytes of address space; a file that asks for more is no honest one
NICE = 10  # the website comes first


class Reporter:
    """Tells how far the work is, at most once a second."""

    def __init__(self) -> None:
        self.told_at = 0.0

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now - self.told_at >= 1:
            self.told_at = now
            say({"progress": min(int(share * 100), 99)})


def say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def run(kind: str, quality: str, source: Path, folder: Path) -> dict[str, Any]:
    """Make the files in `folder`; returns what is known of them. Raises EngineFault."""
    from .source import naming_faults

    with naming_faults():
        if kind == "audio":
            from .audio import prepare_audio

            return prepare_audio(source, folder / "result.mp3", quality, Reporter())
        from .video import prepare_video

        return prepare_video(source, folder, Reporter())


def main(arguments: list[str]) -> int:
    kind, quality, source, folder = arguments
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        done = run(kind, quality, Path(source), Path(folder))
    except EngineFault as error:
        say({"fault": str(error.fault)})
        return 0
    except BrokenPipeError:
        os._exit(1)
    say({"done": done})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
