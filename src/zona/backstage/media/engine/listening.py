"""`python -m zona.backstage.media.engine.listening MODEL FILE LANGUAGE`: what is said, with times.

Needs the package faster-whisper, which Zona does not bring. Says the same lines as the engine; the
last is {"done": {"cues": [[start, end, text], ...]}} in seconds.
"""

from __future__ import annotations

import os
import sys

from .__main__ import NICE, Reporter, say


def listen(model: str, path: str, language: str) -> list[tuple[float, float, str]]:
    from faster_whisper import WhisperModel

    report = Reporter()
    segments, info = WhisperModel(model, device="auto", local_files_only=True).transcribe(
        path, language=language, vad_filter=True
    )
    cues = []
    for segment in segments:
        cues.append((round(segment.start, 3), round(segment.end, 3), segment.text.strip()))
        report(segment.end / info.duration if info.duration else 0.0)
    return cues


def main(arguments: list[str]) -> int:
    os.nice(NICE)
    say({"done": {"cues": listen(*arguments)}})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
