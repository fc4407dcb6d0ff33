"""What a body falls into, and what there is to tell about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

EXCERPT = 120  # characters


@dataclass(frozen=True)
class Note:
    """Something that did not come over as it was; `kind` groups notes in the report."""

    kind: str
    name: str
    excerpt: str = ""


@dataclass
class Piece:
    """One block of a body: text, heading, photo, quote, table or file, with its values."""

    kind: str
    value: dict[str, Any] = field(default_factory=dict)


@dataclass
class Body:
    """The pieces of a body in order, and the notes made on the way."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, kind: str, name: str, excerpt: str = "") -> None:
        self.notes.append(Note(kind, name[:80], shorten(excerpt)))


def shorten(text: str, length: int = EXCERPT) -> str:
    text = " ".join(text[: length * 4].split())
    return text if len(text) <= length else text[: length - 1] + "…"
