"""From an SVG template to a picture: resvg draws, with our own letters only."""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import resvg_py
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from PIL import Image, UnidentifiedImageError

from .lettering import WEIGHTS

logger = logging.getLogger("zona.website.site")

QUALITIES = (86, 78, 68)
GOOD_SIZE = 300_000  # bytes; messengers leave out pictures of more than 600 KB


@dataclass(frozen=True, slots=True)
class Focus:
    """The point of a picture that must stay in sight, as shares (0-1) of width and height."""

    x: float = 0.5
    y: float = 0.42  # faces stand above the middle


def draw(template: str, context: Mapping[str, Any]) -> bytes:
    """A PNG of the template. Raises ValueError when the template is no SVG."""
    svg = render_to_string(template, dict(context))
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(path) for path in WEIGHTS.values()],
            font_family="Plus Jakarta Sans",
        )
    )


def to_jpeg(png: bytes) -> bytes:
    """The picture as JPEG, below GOOD_SIZE where a decent quality allows it."""
    made = b""
    with Image.open(io.BytesIO(png)) as picture:
        flat = picture.convert("RGB")
        for quality in QUALITIES:
            out = io.BytesIO()
            flat.save(out, "JPEG", quality=quality, optimize=True, progressive=True,
                      subsampling=0 if quality == QUALITIES[0] else 2)  # fmt: skip
            made = out.getvalue()
            if len(made) <= GOOD_SIZE:
                break
    return made


def crop(name: str, width: int, height: int, focus: Focus) -> str:
    """A stored picture, cut to the box (px) around its focus, as a data address; "" if broken."""
    try:
        with default_storage.open(name) as file, Image.open(file) as source:
            source.draft("RGB", (width * 2, height * 2))
            picture = source.convert("RGBA" if _is_clear(source) else "RGB")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        logger.warning("The picture %s cannot be read for a card", name)
        return ""
    if picture.mode == "RGBA":
        ground = Image.new("RGBA", picture.size, "#FFFFFF")
        picture = Image.alpha_composite(ground, picture).convert("RGB")
    part = picture.resize(
        (width, height), Image.Resampling.LANCZOS, box=_window(picture.size, width, height, focus)
    )
    return _as_address(part, "JPEG", quality=90)


def shrink(name: str, longest: int) -> str:
    """A stored picture, clear ground kept, at most `longest` px; "" if unreadable."""
    try:
        with default_storage.open(name) as file, Image.open(file) as source:
            picture = source.convert("RGBA")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        logger.warning("The picture %s cannot be read for a card", name)
        return ""
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return _as_address(picture, "PNG")


def _is_clear(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _window(
    size: tuple[int, int], width: int, height: int, focus: Focus
) -> tuple[float, float, float, float]:
    """The largest part of the box's shape that holds the focus as near its middle as may be."""
    scale = min(size[0] / width, size[1] / height)
    wide, high = width * scale, height * scale
    left = min(max(focus.x * size[0] - wide / 2, 0), size[0] - wide)
    top = min(max(focus.y * size[1] - high / 2, 0), size[1] - high)
    return left, top, left + wide, top + high


def _as_address(picture: Image.Image, form: str, **options: Any) -> str:
    out = io.BytesIO()
    picture.save(out, form, **options)
    kind = form.lower()
    return f"data:image/{kind};base64,{base64.b64encode(out.getvalue()).decode()}"
