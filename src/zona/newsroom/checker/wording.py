"""Slips of typing and long sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .draft import Draft, Finding, House, Severity, at
from .glossary import SPELLING, WORDS
from .phrases import Where

LONG_SENTENCE = 35  # words
_CAMEL = re.compile(r"\b[A-Z]?[a-z]{3,}(?=[A-Z][a-z]{2,})[A-Z]\w*")
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


def check(draft: Draft, house: House) -> Iterator[Finding]:
    for where in draft.texts():
        hidden = [match.span() for match in _ADDRESS.finditer(where[2])]
        for finding in _slips(where):
            if not any(begin <= finding.start < end for begin, end in hidden):
                yield finding
    for where in draft.prose():
        yield from _long_sentences(where)


def _slips(where: Where) -> Iterator[Finding]:
    text = where[2]
    for match in _CAMEL.finditer(text):
        if match[0] in _KNOWN_CAMEL:
            continue
        parted = re.sub(r"(?<=[a-z]{3})(?=[A-Z][a-z])", " ", match[0])
        yield at("space_missing", Severity.WARNING, where, match.span(), suggestion=parted)
    for pattern in (_AFTER_STOP, _AFTER_COMMA):
        for match in pattern.finditer(text):
            start, end = _word_around(text, match.start())
            parted = f"{text[start : match.end()]} {text[match.end() : end]}"
            yield at("space_missing", Severity.WARNING, where, (start, end), suggestion=parted)
    for match in _BEFORE_STOP.finditer(text):
        yield at("space_before", Severity.HINT, where, match.span(), suggestion=match[0].strip())
    for match in _TWICE.finditer(text):
        yield at("word_twice", Severity.WARNING, where, match.span(), suggestion=match[1])
    for match in _SPELLED.finditer(text):
        right = SPELLING[match[0].lower()]
        yield at("spelling", Severity.HINT, where, match.span(), suggestion=_like(right, match[0]))


def _word_around(text: str, place: int) -> tuple[int, int]:
    start = len(text[:place]) - len(re.split(r"\s", text[:place])[-1])
    end = place + len(re.split(r"\s", text[place:])[0])
    return start, end


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
        begin = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[begin:].strip():
        yield begin, len(text)
