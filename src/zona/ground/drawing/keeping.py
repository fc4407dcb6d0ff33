"""Pictures that are drawn once and kept."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

LOCKS = 16


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
        drop_folder(folder, except_for=kept)
        default_storage.save(name, ContentFile(made))
    return made


def _read(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def drop_folder(folder: str, except_for: str = "\n") -> None:
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
