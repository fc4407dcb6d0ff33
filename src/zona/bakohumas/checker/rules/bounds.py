"""What of a draft the rules see: everything, but in pieces that no pattern can choke on.

A pattern costs about the square of the longest stretch it can run through without a break. People
write words; a stretch of hundreds of signs without a space is a pasted picture or program code.
So such a stretch is covered before the rules read, sign for sign, so that all places stay the same,
and the writer is told what was not read. The same holds for what lies beyond any item's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .draft import Draft, Finding, Photo, Severity, at

LONGEST_WORD = 300  # signs without a space; addresses of websites stay below
LONGEST_GAP = 40  # blanks in a row
MOST_TEXT = 120_000  # signs of all texts of an item; a long article has 15,000
UNREAD = "part_unchecked"
_TOO_LONG = re.compile(
    rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}|(?<!\s)\s{{{LONGEST_GAP + 1},}}",
)


@dataclass
class Cover:
    """Covers one draft's texts in the order of reading and keeps what it says of them."""

    left: int = MOST_TEXT
    found: list[Finding] = field(default_factory=list)

    def __call__(self, name: str, text: str, paragraph: int = 0) -> str:
        """The text as rules may read it; what lies beyond the measure is left out."""
        read, beyond = text[: self.left], text[self.left :]
        self.left -= len(read)
        if beyond.strip():
            self._tell(name, paragraph, text, (len(read), len(text)))
        return _TOO_LONG.sub(lambda match: self._hide(match, name, paragraph), read)

    def _hide(self, match: re.Match[str], name: str, paragraph: int) -> str:
        if not match[0].isspace():
            self._tell(name, paragraph, match.string, match.span())
        return "· " * ((len(match[0]) - 1) // 2) + "··"[: 2 - len(match[0]) % 2]

    def _tell(self, name: str, paragraph: int, text: str, span: tuple[int, int]) -> None:
        where = (name, paragraph, text)
        found = at(
            UNREAD, Severity.WARNING, where, span,
            is_private=True, count=span[1] - span[0], begin=text[span[0] : span[0] + 20],
        )  # fmt: skip
        self.found.append(found)


def bounded(draft: Draft) -> tuple[Draft, list[Finding]]:
    """The draft as the rules read it, and what was kept from them."""
    cover = Cover()
    read = replace(
        draft,
        title=cover("title", draft.title),
        lead=cover("lead", draft.lead),
        dateline=cover("dateline", draft.dateline),
        place=cover("place", draft.place),
        people=cover("people", draft.people),
        photos=tuple(_photos(draft, cover)),
        paragraphs=tuple(
            cover("text", text, number) for number, text in enumerate(draft.paragraphs)
        ),
        cells=tuple(
            cover("text", text, number)
            for number, text in enumerate(draft.cells, len(draft.paragraphs))
        ),
    )
    return read, cover.found


def _photos(draft: Draft, cover: Cover) -> Iterator[Photo]:
    for number, photo in enumerate(draft.photos):
        yield replace(
            photo,
            alt=cover("photo", photo.alt, number),
            caption=cover("photo", photo.caption, number),
            credit=cover("photo", photo.credit, number),
        )
