"""A picture in the size and type that a service takes."""

from __future__ import annotations

import io
from dataclasses import replace

from django.utils.translation import gettext as _
from PIL import Image

from .base import Picture, Refused
from .limits import Limits

STEPS = ((1.0, 88), (1.0, 75), (0.75, 80), (0.5, 78), (0.35, 72))  # of the sides, JPEG quality


def fit(picture: Picture, limits: Limits) -> Picture:
    """The picture itself where it fits, else a JPEG of it, smaller step by step.

    Raises Refused when it cannot be read or does not fit even at a third of its sides.
    """
    if len(picture.data) <= limits.image_bytes and picture.mime in limits.image_types:
        return picture
    try:
        with Image.open(io.BytesIO(picture.data)) as opened:
            flat = opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Refused(_("The picture cannot be read.")) from error
    for scale, quality in STEPS:
        out = io.BytesIO()
        size = (max(1, round(flat.width * scale)), max(1, round(flat.height * scale)))
        made = flat if scale == 1.0 else flat.resize(size)
        made.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= limits.image_bytes:
            return replace(picture, data=out.getvalue(), mime="image/jpeg")
    raise Refused(_("The picture is too large for this service."))
