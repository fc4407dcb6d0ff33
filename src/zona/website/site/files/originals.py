"""What an uploaded picture becomes before it is stored: at most 2560 px, no position data."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import PurePath

import pillow_heif
from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2560  # px
KEPT_AS_THEY_ARE = {"GIF"}  # may be animated; carries no position
SAVE_AS = {"PNG": "PNG", "WEBP": "WEBP", "AVIF": "AVIF"}  # all else becomes JPEG

pillow_heif.register_heif_opener()


# What Pillow's decoders raise over files that are cut, swollen or made to break them.
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
    ArithmeticError,
    EOFError,
    LookupError,
    TypeError,
    struct.error,
    zlib.error,
)


class BrokenPicture(ValueError):
    """The file is no picture that can be read."""


def clean_original(file: File) -> tuple[ContentFile, tuple[int, int]]:
    """The picture turned upright, cut to size and without any embedded data but its colours.

    Returns the new file (its name may change its ending) and (width, height) in px.
    Raises BrokenPicture.
    """
    file.seek(0)
    data = file.read()
    try:
        with Image.open(io.BytesIO(data)) as picture:
            form = picture.format or ""
            if form in KEPT_AS_THEY_ARE:
                for frame in range(getattr(picture, "n_frames", 1)):  # a broken one shows itself
                    picture.seek(frame)
                    picture.load()
                return ContentFile(data, name=file.name), picture.size
            upright = _in_eight_bits(ImageOps.exif_transpose(picture))
            profile = picture.info.get("icc_profile")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            target = SAVE_AS.get(form, "JPEG")
            if target == "JPEG" and upright.mode not in ("L", "RGB"):
                upright = upright.convert("RGB")
            upright.info = {}
            out = io.BytesIO()
            upright.save(out, target, quality=90, optimize=True, icc_profile=profile)
    except UNREADABLE as error:
        raise BrokenPicture(str(error)) from error
    name = PurePath(file.name or "foto")
    ending = name.suffix if target in SAVE_AS.values() else ".jpg"
    return ContentFile(out.getvalue(), name=f"{name.stem}{ending}"), upright.size


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """Scans of 16 bits a point, which the web does not show and Pillow does not resize."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value / 256).convert("L")
