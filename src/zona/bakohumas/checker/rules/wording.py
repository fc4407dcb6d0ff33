"""Slips of typing and long sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from .draft import MOST_OF_A_KIND, Draft, Finding, House, Severity, Spans, at
from .glossary import SPELLING, WORDS
from .phrases import Where

LONG_SENTENCE = 35  # words
_CAMEL = re.compile(r"\b[A-Z]?[a-z]{3,}(?=[A-Z][a-z]{2,})[A-Z]\w*")
_HUMP = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z])")
_SPACE = re.compile(r"\s*")
_TO_SPACE = re.compile(r"\S*")
_KNOWN_CAMEL = frozenset(WORDS["camel"])
_AFTER_STOP = re.compile(r"(?<=[a-z]{4})[.!?](?=[A-Z][a-z])")
_AFTER_COMMA = re.compile(r"(?<=[a-z]{3})[,:](?=[A-Za-z]{2}|\d{2})")
_BEFORE_STOP = re.compile(
    r"(?<=[\w)”\"])[ \u00a0]+[,;:!?](?=\s|$)|(?<=[\w)”\"])[ \u00a0]+\.(?=\s+[A-Z]|$)"
)
_TWICE = re.compile(
    r"\b(yang|dan|di|ke|dari|untuk|pada|dengan|ini|itu|oleh|dalam|akan|telah|sudah|adalah|atau)"
    r"\s+\1\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+|[\w-]+(?:\.[\w-]+)*\.(?:go\.id|id|com|org)\S*"
)
_END = re.compile(r"(?<=\w{3})[.!?][”\")]*(?=\s+[“\"(]?[A-Z])|[!?][”\")]*(?=\s)|\n")
_SPELLED = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, SPELLING), key=len, reverse=True))})\b", re.IGNORECASE
)

_CODES = {
    _BEFORE_STOP: ("space_before", Severity.HINT),
    _TWICE: ("word_twice", Severity.WARNING),
    _SPELLED: ("spelling", Severity.HINT),
}


def check(draft: Draft, house: House) -> Iterator[Finding]:
    for where in draft.texts():
        yield from _slips(where)
    for where in draft.prose():
        yield from _long_sentences(where)


def _slips(where: Where) -> Iterator[Finding]:
    """Slips outside of addresses, of each pattern no more than would be read."""
    hidden = Spans(match.span() for match in _ADDRESS.finditer(where[2]))
    for found in (
        _humps(where),
        *(_unparted(where, pattern) for pattern in (_AFTER_STOP, _AFTER_COMMA)),
        *(_single(where, pattern) for pattern in (_BEFORE_STOP, _TWICE, _SPELLED)),
    ):
        shown = (finding for finding in found if not hidden.hold(finding.start))
        yield from islice(shown, MOST_OF_A_KIND)


def _humps(where: Where) -> Iterator[Finding]:
    for match in _CAMEL.finditer(where[2]):
        if match[0] not in _KNOWN_CAMEL:
            parted = _HUMP.sub(" ", match[0])
            yield at("space_missing", Severity.WARNING, where, match.span(), suggestion=parted)


def _unparted(where: Where, pattern: re.Pattern[str]) -> Iterator[Finding]:
    """Two sentences or halves of one without a blank between."""
    text, start, end = where[2], 0, 0
    for match in pattern.finditer(text):
        if match.start() >= end:
            start, end = _word_around(text, match.start())
        parted = f"{text[start : match.end()]} {text[match.end() : end]}"
        yield at("space_missing", Severity.WARNING, where, (start, end), suggestion=parted)


def _single(where: Where, pattern: re.Pattern[str]) -> Iterator[Finding]:
    for match in pattern.finditer(where[2]):
        code, severity = _CODES[pattern]
        yield at(code, severity, where, match.span(), suggestion=_better(pattern, match))


def _better(pattern: re.Pattern[str], match: re.Match[str]) -> str:
    if pattern is _SPELLED:
        return _like(SPELLING[match[0].lower()], match[0])
    return match[1] if pattern is _TWICE else match[0].strip()


def _word_around(text: str, place: int) -> tuple[int, int]:
    start = place
    while start and not text[start - 1].isspace():
        start -= 1
    end = _TO_SPACE.match(text, place)
    return start, end.end() if end else place


def _like(right: str, wrong: str) -> str:
    """The right word with capitals as in the wrong one."""
    if wrong.isupper():
        return right.upper()
    return right[0].upper() + right[1:] if wrong[0].isupper() else right


def _long_sentences(where: Where) -> Iterator[Finding]:
    for start, end in sentences(where[2]):
        words = len(re.findall(r"\w[\w/.,’'-]*", where[2][start:end]))
        if words > LONG_SENTENCE:
            yield at(
                "sentence_long", Severity.HINT, where, (start, end), words=words, most=LONG_SENTENCE
            )


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences. A point behind fewer than three letters (S.H., No.) ends none."""
    begin = 0
    for match in _END.finditer(text):
        yield begin, match.end()
        begin = _after_blanks(text, match.end())
    if text[begin:].strip():
        yield begin, len(text)


def _after_blanks(text: str, place: int) -> int:
    blanks = _SPACE.match(text, place)
    return blanks.end() if blanks else place
