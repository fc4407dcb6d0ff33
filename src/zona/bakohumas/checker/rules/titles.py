"""The title: its length, its capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .draft import Draft, Finding, House, Severity, at
from .glossary import KNOWN, WORDS
from .phrases import Where

_WORD = re.compile(r"[^\W\d_][\w'’/-]*")
_SHORT = 3  # capitals of so few letters are an abbreviation
_RUN = 3  # so many shouted words beside each other are no names of programmes any more
_SMALL = frozenset(WORDS["small"])
_ACRONYMS = frozenset(WORDS["acronyms"]) | {word for word in KNOWN if word.isupper()}


def check(draft: Draft, house: House) -> Iterator[Finding]:
    title = draft.title.strip()
    if not title:
        if draft.lead or draft.paragraphs:
            yield Finding("title_missing", Severity.WARNING, "title")
        return
    where: Where = ("title", 0, draft.title)
    yield from _length(where, len(title), house)
    yield from _capitals(where)
    if title.endswith(".") and not title.endswith(("...", "tbk.", "Tbk.")):
        stop = len(draft.title.rstrip())
        yield at("title_full_stop", Severity.HINT, where, (stop - 1, stop))


def _length(where: Where, length: int, house: House) -> Iterator[Finding]:
    whole = (0, len(where[2]))
    if length > house.title_length:
        yield at(
            "title_long", Severity.WARNING, where, whole, length=length, most=house.title_length
        )
    elif length > house.title_hint:
        yield at("title_cut", Severity.HINT, where, whole, length=length, most=house.title_hint)


def _capitals(where: Where) -> Iterator[Finding]:
    """Shouted titles, or shouted stretches of a title."""
    title = where[2]
    run: list[re.Match[str]] = []
    longest: list[re.Match[str]] = []
    for match in _WORD.finditer(title):
        if _is_shouted(match[0]):
            run.append(match)
        elif not (run and match[0].isupper()):  # an abbreviation does not end a stretch
            run = []
        if len(run) > len(longest):
            longest = run
    if len(longest) < _RUN:
        return
    letters = [sign for sign in title if sign.isalpha()]
    is_whole = sum(sign.isupper() for sign in letters) > 0.8 * len(letters)
    span = (0, len(title)) if is_whole else (longest[0].start(), longest[-1].end())
    yield at(
        "title_capitals", Severity.WARNING, where, span,
        suggestion=calm(title[span[0] : span[1]]),
    )  # fmt: skip


def _is_shouted(word: str) -> bool:
    return len(word) > _SHORT and word.isupper() and word not in _ACRONYMS


def calm(title: str) -> str:
    """Shouted words with one capital each; known abbreviations stay, small words become small."""

    def write(match: re.Match[str]) -> str:
        word = match[0]
        if not word.isupper() or word in _ACRONYMS:
            return word
        if word.lower() in _SMALL:
            return word.lower() if match.start() else word.capitalize()
        if len(word) <= _SHORT and not re.search(r"[AIUEO]", word):
            return word  # without a vowel it is no word
        parts = (part if part in _ACRONYMS else part.capitalize() for part in word.split("-"))
        return "-".join(parts)

    return _WORD.sub(write, title)
