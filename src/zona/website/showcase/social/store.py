"""Cards are drawn when first asked for, kept in media, and dropped when a newer one stands."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from . import drawing
from .faces import Face

FOLDER = "kartu"
FORMS = {"jpg": "image/jpeg", "png": "image/png"}
LOCKS = 16


def make(face: Face, size: str, form: str) -> bytes:
    """Draw one card, 0.1-0.4 s. `form` is one of FORMS."""
    png = drawing.draw(f"showcase/social/{size}.svg", face.context())
    return drawing.to_jpeg(png) if form == "jpg" else png


def find_or_make(page_id: int, face: Face, size: str, form: str) -> bytes:
    """The card, drawn at most once however many ask for it at the same time."""
    name = f"{FOLDER}/{page_id}/{face.version}-{size}.{form}"
    return keep(name, page_id, lambda: make(face, size, form), kept=f"{face.version}-")


def keep(name: str, number: int, draw: Callable[[], bytes], *, kept: str) -> bytes:
    """What is stored under the name, drawn first if need be.

    Of its folder all is dropped whose name does not begin with `kept`: older pictures.
    """
    if (found := _read(name)) is not None:
        return found
    with _alone(number):
        if (found := _read(name)) is not None:
            return found
        made = draw()
        folder = name.rpartition("/")[0]
        _drop(folder, except_for=kept)
        default_storage.save(name, ContentFile(made))
    return made


def forget(page_id: int) -> None:
    """Drop all cards of a page that is gone or no longer public."""
    _drop(f"{FOLDER}/{page_id}")


def _read(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def _drop(folder: str, except_for: str = "\n") -> None:
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(folder)[1]:
            if not name.startswith(except_for):
                default_storage.delete(f"{folder}/{name}")


@contextmanager
def _alone(number: int) -> Iterator[None]:
    """One at a time, across the threads and processes of this machine, for this number."""
    folder = settings.ENV.data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"kartu-{number % LOCKS}").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
