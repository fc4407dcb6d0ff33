"""What an uploaded picture becomes before it is stored: at most 2560 px, no position data."""

from __future__ import annotations

import io
from pathlib import PurePath

import pillow_heif
from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2560  # px
KEPT_AS_THEY_ARE = {"GIF"}  # may be animated; carries no position
SAVE_AS = {"PNG": "PNG", "WEBP": "WEBP", "AVIF": "AVIF"}  # all else becomes JPEG

pillow_heif.register_heif_opener()


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
                return ContentFile(data, name=file.name), picture.size
            upright = ImageOps.exif_transpose(picture)
            profile = picture.info.get("icc_profile")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            target = SAVE_AS.get(form, "JPEG")
            if target == "JPEG" and upright.mode not in ("L", "RGB"):
                upright = upright.convert("RGB")
            upright.info = {}
            out = io.BytesIO()
            upright.save(out, target, quality=90, optimize=True, icc_profile=profile)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BrokenPicture(str(error)) from error
    name = PurePath(file.name or "foto")
    ending = name.suffix if target in SAVE_AS.values() else ".jpg"
    return ContentFile(out.getvalue(), name=f"{name.stem}{ending}"), upright.size
