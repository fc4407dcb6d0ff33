"""What changed between two versions of a text, word by word and paragraph by paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
ALIKE = 0.4  # share of words from which two paragraphs are versions of one another
MOST_PAIRS = 600_000  # of equal parts; texts of more repeat themselves and are compared as wholes
MOST_PARTS = 2_000  # words of a paragraph, or paragraphs of a text; longer ones likewise
NEAR = 20  # paragraphs among which the former version of one is looked for
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, came in or went out."""

    kind: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the newer version, or one that is gone."""

    pieces: tuple[Piece, ...]

    @property
    def has_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order; the same and added ones together are `after`."""
    if before == after:
        return (Piece(SAME, after),) if after else ()
    old, new = _WORD.findall(before), _WORD.findall(after)
    if _is_too_much(old, new):
        return tuple(_pieces(REMOVED, before, ADDED, after))
    found: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if what == "equal":
            found.append(Piece(SAME, come))
        else:
            found += _pieces(REMOVED, gone, ADDED, come)
    return tuple(_calm(found))


def _is_too_much(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the matcher, which looks at all pairs of equal parts, would take too long."""
    if max(len(old), len(new)) > MOST_PARTS:
        return True
    counts = Counter(old)
    return sum(counts[part] for part in new) > MOST_PAIRS


def _pieces(*given: str) -> Iterator[Piece]:
    for kind, text in zip(given[::2], given[1::2], strict=True):
        if text:
            yield Piece(kind, text)


def _calm(pieces: Sequence[Piece]) -> list[Piece]:
    """One change instead of several that only a space parts."""
    joined: list[Piece] = []
    gone, come = "", ""
    for at, piece in enumerate(pieces):
        is_gap = (
            piece.kind == SAME and piece.text.isspace() and (gone or come) and at + 1 < len(pieces)
        )
        if is_gap or piece.kind != SAME:
            gone += piece.text if piece.kind != ADDED else ""
            come += piece.text if piece.kind != REMOVED else ""
            continue
        joined += [*_pieces(REMOVED, gone, ADDED, come), piece]
        gone, come = "", ""
    return [*joined, *_pieces(REMOVED, gone, ADDED, come)]


def compare_paragraphs(before: Sequence[str], after: Sequence[str]) -> tuple[Paragraph, ...]:
    """The paragraphs of the newer version in order, with those that are gone where they stood."""
    if _is_too_much(before, after):
        gone = (_whole(REMOVED, text) for text in before)
        return (*gone, *(_whole(ADDED, text) for text in after))
    found: list[Paragraph] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            found += (_whole(SAME, text) for text in after[new_from:new_to])
        else:
            found += _pair(before[old_from:old_to], after[new_from:new_to])
    return tuple(found)


def _pair(gone: Sequence[str], come: Sequence[str]) -> Iterator[Paragraph]:
    """Versions of one another side by side, in order; the rest as gone or new."""
    at = 0
    words = [_words(text) for text in gone]
    for text in come:
        own, near = _words(text), range(at, min(len(gone), at + NEAR))
        match = next((i for i in near if _likeness(words[i], own) >= ALIKE), None)
        if match is None:
            yield _whole(ADDED, text)
            continue
        yield from (_whole(REMOVED, left) for left in gone[at:match])
        yield Paragraph(compare_words(gone[match], text))
        at = match + 1
    yield from (_whole(REMOVED, left) for left in gone[at:])


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


def _likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """Share of words in common, 0 to 1."""
    return len(one & two) / max(len(one | two), 1)


def _whole(kind: str, text: str) -> Paragraph:
    return Paragraph((Piece(kind, text),) if text else ())
