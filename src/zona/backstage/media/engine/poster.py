"""A still of a video that shows something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
from PIL import ImageStat

PLACES = (0.05, 0.1, 0.2, 0.35, 0.5)  # of the length; the beginning is often black
LONGEST_SIDE = 1280  # px
PLAIN_ENOUGH = 40.0  # spread of grey (0 to 127) at which the first candidate is taken


def draw_poster(video: Path, target: Path, seconds: float) -> tuple[int, int]:
    """Write a JPEG of the first lively still; returns the size of the video as shown, in px."""
    best: Any = None
    best_spread = -1.0
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONKEY"
        for place in PLACES:
            container.seek(int(seconds * place * av.time_base))
            frame = next(container.decode(stream), None)
            if frame is None:
                continue
            picture = frame.to_image().rotate(frame.rotation, expand=True)
            spread = ImageStat.Stat(picture.convert("L").resize((64, 64))).stddev[0]
            if spread > best_spread:
                best, best_spread = picture, spread
            if spread >= PLAIN_ENOUGH:
                break
    if best is None:
        return 0, 0
    size = best.size
    best.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    best.save(target, "JPEG", quality=80, optimize=True, progressive=True)
    return size
