"""Pictures as pages need them: sizes made beforehand, AVIF and WebP before JPEG."""

from __future__ import annotations

from typing import Any

from ..models import Photo

WIDTHS = (400, 800, 1600)
FORMATS = ("avif", "webp", "jpeg")
ORIGINAL_LIMIT = 2560  # px on the longer side
QUALITY = {"avif": "avifquality-58", "webp": "webpquality-74", "jpeg": "jpegquality-78"}
SIZES = {
    "row": "(min-width: 48em) 200px, 112px",
    "story": "(min-width: 64em) 760px, 100vw",
    "figure": "(min-width: 64em) 760px, 100vw",
    "teaser": "(min-width: 48em) 380px, 100vw",
}
LIMIT = {"row": 400, "teaser": 800, "story": 1600, "figure": 1600}


def spec(width: int, form: str) -> str:
    """Wagtail's filter for one width (px, never enlarged) and format."""
    return f"width-{width}|format-{form}|{QUALITY[form]}"


def all_specs() -> list[str]:
    return [spec(width, form) for form in FORMATS for width in WIDTHS]


def describe(photo: Photo | None, use: str = "figure", alt: str | None = None) -> dict[str, Any]:
    """What ui/components/image.html wants; {} without a photo.

    Reads prefetched renditions only: a size that is not made yet is left out, and before any
    is made the original (at most 2560 px) is shown.
    """
    if photo is None:
        return {}
    made = {rendition.filter_spec: rendition for rendition in photo.renditions.all()}
    sets: dict[str, str] = {}
    largest = None
    for form in FORMATS:
        found = {
            made[key].width: made[key]
            for width in WIDTHS
            if width <= LIMIT[use] and (key := spec(width, form)) in made
        }
        if found:
            sets[form] = ", ".join(f"{r.url} {width}w" for width, r in sorted(found.items()))
            if form == "jpeg":
                largest = found[min(max(found), max(800, min(found)))]
    shown = largest or photo
    return {
        "src": largest.url if largest else photo.url,
        "width": shown.width,
        "height": shown.height,
        "srcset": sets.get("jpeg", ""),
        "sizes": SIZES[use],
        "sources": [
            {"type": f"image/{form}", "srcset": sets[form]} for form in FORMATS[:2] if form in sets
        ],
        "alt": photo.description if alt is None else alt,
        "credit": photo.credit,
    }
