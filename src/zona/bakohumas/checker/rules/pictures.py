"""Pictures: what they show in words, their caption and credit, the consent of those seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .draft import Draft, Finding, House, Photo, Severity

_FILE = re.compile(
    r"\.(?:jpe?g|png|webp|heic|gif)$|^(?:IMG|DSC|DSCN|PXL|WhatsApp Image|Screenshot|foto|image)"
    r"[\s_-]*[\d_ .-]*(?:at [\d.]+)?$",
    re.IGNORECASE,
)


def check(draft: Draft, house: House) -> Iterator[Finding]:
    for number, photo in enumerate(draft.photos):
        for code, severity in _findings(draft, photo):
            yield Finding(code, severity, "photo", number)


def _findings(draft: Draft, photo: Photo) -> Iterator[tuple[str, Severity]]:
    if not photo.alt.strip():
        yield "alt_missing", Severity.WARNING
    elif _FILE.search(photo.alt.strip()):
        yield "alt_is_file_name", Severity.WARNING
    elif photo.alt.strip().casefold() == draft.title.strip().casefold():
        yield "alt_is_title", Severity.HINT
    if not photo.caption.strip() and draft.kind != "infographic":
        yield "caption_missing", Severity.HINT
    if not photo.credit.strip():
        yield "credit_missing", Severity.HINT
    if photo.has_children and not photo.has_consent:
        yield "photo_children", Severity.WARNING
    elif photo.shows_named and not photo.is_asked:
        yield "photo_not_asked", Severity.WARNING
