"""Cards are drawn when first asked for, kept in media, and dropped when a newer one stands."""

from __future__ import annotations

from zona.ground.drawing import drawing
from zona.ground.drawing.keeping import drop_folder, keep
from zona.website.site.models import BasePage

from .faces import Face, face_of

FOLDER = "kartu"
FORMS = {"jpg": "image/jpeg", "png": "image/png"}


def make(face: Face, size: str, form: str) -> bytes:
    """Draw one card, 0.1-0.4 s. `form` is one of FORMS."""
    png = drawing.draw(f"cards/{size}.svg", face.context())
    return drawing.to_jpeg(png) if form == "jpg" else png


def draw(page: BasePage, size: str, form: str) -> bytes:
    """The card of a page as it is now."""
    return find_or_make(page.pk, face_of(page), size, form)


def find_or_make(page_id: int, face: Face, size: str, form: str) -> bytes:
    """The card, drawn at most once however many ask for it at the same time."""
    name = f"{FOLDER}/{page_id}/{face.version}-{size}.{form}"
    return keep(name, page_id, lambda: make(face, size, form), kept=f"{face.version}-")


def forget(page_id: int) -> None:
    """Drop all cards of a page that is gone or no longer public."""
    drop_folder(f"{FOLDER}/{page_id}")
