"""Who reads which files. A room registers its kinds in `apps.ready()`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.http import HttpRequest

from .models import SentFile


class Kind(ABC):
    """One sort of file that staff send: how it is read, shown and taken over."""

    name: ClassVar[str]
    reader: ClassVar[str]  # "module:function", called in a process of its own
    most_bytes: ClassVar[int]
    template: ClassVar[str]  # shows what was read, or what came of it

    def arguments(self, sent: SentFile) -> dict[str, Any]:
        """What the reader is told besides the file; plain values."""
        return {}

    @abstractmethod
    def understand(self, sent: SentFile, found: Any) -> dict[str, Any]:
        """What is kept of what the reader found; changes nothing. Raises ValidationError."""

    @abstractmethod
    def take(self, sent: SentFile) -> dict[str, Any]:
        """Take over what `sent.found` holds, within a transaction; what came of it.

        Raises PermissionDenied, ValidationError.
        """

    @abstractmethod
    def frame(self, request: HttpRequest, sent: SentFile) -> dict[str, Any]:
        """Context of the screen around it: title, way, `back_url`, and what the template shows.

        Raises Http404 or PermissionDenied for whoever may not see the file.
        """


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    _kinds[kind.name] = kind


def find_kind(name: str) -> Kind:
    """Raises KeyError for a kind that no room knows any more."""
    return _kinds[name]
