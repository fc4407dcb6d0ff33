"""The reader of captions, called in a process of its own (`zona.ground.files.reader.engine`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..rules.captions import CaptionError, decode_captions, parse_captions, render_vtt


def read_captions(path: Path, tell: Callable[[float], None]) -> dict[str, Any]:
    """{"vtt", "count", "from", "to" (seconds), "notes"}, or {"fault", "line"} of what is wrong."""
    text, guessed = decode_captions(path.read_bytes())
    tell(0.1)
    try:
        cues = parse_captions(text)
    except CaptionError as error:
        return {"fault": error.fault, "line": error.line}
    return {
        "vtt": render_vtt(cues),
        "count": len(cues),
        "from": cues[0].start,
        "to": max(cue.end for cue in cues),
        "first": [cue.text for cue in cues[:5]],
        "notes": [("coding", guessed)] if guessed else [],
    }
