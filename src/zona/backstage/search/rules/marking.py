"""What of a text is shown in a result: the place where most of what was asked stands, marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from . import words
from .asking import Query

WIDTH = 220  # characters of a snippet
SEARCHED = 60_000  # characters of a text that are looked through
MARK, END = "<mark>", "</mark>"


@dataclass(frozen=True)
class Sought:
    """The words of a query as sets."""

    raws: frozenset[str]
    stems: frozenset[str]
    beginnings: tuple[str, ...]

    def has(self, raw: str) -> bool:
        return (
            raw in self.raws
            or (bool(self.stems) and words.stem(raw) in self.stems)
            or any(raw.startswith(begun) for begun in self.beginnings)
        )


def seek(query: Query) -> Sought:
    """The words to mark: all but soft ones, synonyms too."""
    phrases = [phrase for term in query.required for phrase in term.phrases]
    return Sought(
        frozenset(raw for phrase in phrases for raw in phrase.raws) - words.soft_words(),
        frozenset(stem for phrase in phrases for stem in phrase.stems) - words.soft_words(),
        tuple(phrase.raws[-1] for phrase in phrases if phrase.is_prefix and phrase.raws),
    )


def mark(text: str, sought: Sought) -> str:
    """The text as HTML with the words sought in <mark>; everything else is escaped."""
    return _wrap(text, list(_spans(text, sought)))


def snippet(text: str, sought: Sought, width: int = WIDTH) -> str:
    """About `width` characters of the text around the words sought, as HTML."""
    text = text[:SEARCHED]
    spans = list(_spans(text, sought))
    start, end = _best_window(text, spans, width)
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    return before + _wrap(text[start:end], inside) + after


def _spans(text: str, sought: Sought) -> Iterator[tuple[int, int]]:
    last = -1
    for word in words.split(text):
        if word.start != last and sought.has(word.raw):
            yield word.start, word.end
            last = word.start


def _wrap(text: str, spans: list[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), MARK, escape(text[start:end]), END]
        at = end
    return "".join([*parts, escape(text[at:])])


def _best_window(text: str, spans: list[tuple[int, int]], width: int) -> tuple[int, int]:
    """Where most different words sought stand together; the beginning when none does."""
    if len(text) <= width:
        return 0, len(text)
    best, most = 0, 0
    near: Counter[str] = Counter()
    folded = [words.fold(text[a:b]) for a, b in spans]
    ahead = 0
    for number, (start, _end) in enumerate(spans):
        while ahead < len(spans) and spans[ahead][1] <= start + width:
            near[folded[ahead]] += 1
            ahead += 1
        if len(near) > most:
            best, most = start, len(near)
        if ahead > number:
            near -= Counter([folded[number]])
        ahead = max(ahead, number + 1)
    start = max(0, best - width // 4)
    start = 0 if start < width // 4 else _after_space(text, start)
    end = min(len(text), start + width)
    if end < len(text):
        cut = text.rfind(" ", start, end)
        end = cut if cut > start + width // 2 else end
    return start, end


def _after_space(text: str, at: int) -> int:
    found = text.find(" ", at, at + 40)
    return found + 1 if found >= 0 else at
