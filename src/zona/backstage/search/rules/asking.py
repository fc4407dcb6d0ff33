"""From what a person types to what an engine looks for; whatever is typed, it can be asked.

A query is a list of terms. A term is found when one of its phrases is: the words as typed, or a
synonym. A phrase is one word, or several side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import ceil

from . import words

LONGEST_QUERY = 120  # characters
MOST_TERMS = 10
SHARE = 0.5  # of the terms that must be there when not all are
PIECES = re.compile(r'"([^"]*)"?|([^\s"]+)')
LETTERS_AND_NUMBER = re.compile(r"([a-z]{2,})([0-9]+)")
DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True)
class Phrase:
    """Words side by side: as they stand, and as stems. Stems are empty for exact phrases."""

    raws: tuple[str, ...]
    stems: tuple[str, ...] = ()
    is_prefix: bool = False  # the last word is only begun
    is_apart: bool = False  # all of them, but anywhere


@dataclass(frozen=True)
class Term:
    """One thing asked for, in one of several ways; the first is what was typed."""

    phrases: tuple[Phrase, ...]
    is_soft: bool = False  # need not be there


@dataclass(frozen=True)
class Query:
    """What is asked. `terms` is empty when nothing was."""

    text: str
    terms: tuple[Term, ...] = ()

    @property
    def required(self) -> tuple[Term, ...]:
        """The terms that count; all of them when every one is soft."""
        return tuple(term for term in self.terms if not term.is_soft) or self.terms


@dataclass(frozen=True)
class Habits:
    """What is done with words; switched off by tests that measure what each of them brings."""

    stemming: bool = True
    synonyms: bool = True


USUAL = Habits()


def tidy(text: str) -> str:
    """What was typed, on one line and not too long."""
    return " ".join(words.clean(text[: LONGEST_QUERY * 4]).split())[:LONGEST_QUERY].strip()


def understand(text: str, *, is_typing: bool = False, habits: Habits = USUAL) -> Query:
    """The query of a text. `is_typing`: the last word may be only begun."""
    text = tidy(text)
    terms = list(_terms(text, habits))
    if habits.synonyms:
        terms = list(_with_synonyms(terms, habits))
    terms = terms[:MOST_TERMS]
    if terms and is_typing:
        last = terms[-1]
        begun = replace(last.phrases[0], is_prefix=True)
        terms[-1] = Term((begun, *last.phrases[1:]))
    return Query(text, tuple(terms))


def least_of(terms: tuple[Term, ...]) -> int:
    """How many of the terms must be there when not all are: half of them."""
    return ceil(len(terms) * SHARE)


def make_phrase(raws: list[str], habits: Habits, *, is_exact: bool = False) -> Phrase:
    stems: tuple[str, ...] = ()
    if habits.stemming and not is_exact:
        stems = tuple(words.stem(raw) for raw in words.drop_citation_words(raws))
    return Phrase(tuple(raws), stems)


def _terms(text: str, habits: Habits) -> Iterator[Term]:
    plain: list[str] = []
    for quoted, piece in PIECES.findall(text):
        if quoted:
            yield from _plain_terms(plain, habits)
            plain = []
            if raws := words.list_words(quoted):
                yield Term((make_phrase(raws, habits, is_exact=True),))
        elif piece:
            plain.append(piece)
    yield from _plain_terms(plain, habits)


def _plain_terms(pieces: list[str], habits: Habits) -> Iterator[Term]:
    """Terms of the pieces between spaces; a number with "nomor" and "tahun" is one."""
    held = [raws for piece in pieces for raws in _split_piece(piece)]
    at = 0
    while at < len(held):
        raws = held[at]
        taken = 1
        # No. 13 Tahun 2024
        if raws[0] in words.NUMBER_WORDS and at + 1 < len(held) and held[at + 1][0].isdigit():
            at, raws = at + 1, held[at + 1]
        after = [raw for more in held[at + 1 : at + 3] for raw in more]
        is_number = len(raws) == 1 and raws[0].isdigit()
        names_year = len(after) == 2 and after[0] in words.YEAR_WORDS
        if is_number and names_year and words.YEAR.fullmatch(after[1]):
            raws, taken = [*raws, *after], 3
        yield _term(raws, habits)
        at += taken


def _split_piece(piece: str) -> list[list[str]]:
    """The phrases of a piece: "22/2023" stays together, "kabupaten/kota" does not."""
    raws = words.list_words(piece)
    if len(raws) < 2:
        return [raws] if raws else []
    is_joined = "-" in piece or any(raw.isdigit() for raw in raws)
    if not is_joined:
        return [[raw] for raw in raws]
    # PKPU22/2023
    first = LETTERS_AND_NUMBER.fullmatch(raws[0])
    if first and "/" in piece:
        return [[first[1]], [first[2], *raws[1:]]]
    return [raws]


def _term(raws: list[str], habits: Habits) -> Term:
    phrases = [make_phrase(raws, habits)]
    number = "".join(raws)
    if number.isdigit():
        if len(raws) == 3 and (date := DATE.fullmatch("/".join(raws))):
            day, month, year = (int(part) for part in date.groups())
            if 1 <= month <= 12:
                said = words.say_date(day, month, year).split()
                phrases.append(Phrase((), tuple(said)))
        # 1.090.578 and 1090578 are the same number
        if len(raws) == 1 and 4 < len(number) <= 12:
            phrases.append(Phrase(tuple(f"{int(number):,}".split(","))))
        if len(raws) > 1 and all(len(raw) == 3 for raw in raws[1:]):
            phrases.append(Phrase((number,)))
    elif len(raws) == 1 and (parts := LETTERS_AND_NUMBER.fullmatch(raws[0])):
        phrases.append(make_phrase(list(parts.groups()), habits))
    is_soft = len(raws) == 1 and raws[0] in words.soft_words()
    return Term(tuple(phrases), is_soft)


# --- synonyms ---


@cache
def synonyms() -> dict[tuple[str, ...], list[list[str]]]:
    """From the stems of a phrase to all phrases that mean the same, itself included."""
    found: dict[tuple[str, ...], list[list[str]]] = {}
    for line in words.read_lines("synonyms.txt"):
        same = [words.list_words(phrase) for phrase in line.split("=")]
        for raws in same:
            known = found.setdefault(tuple(words.stem(raw) for raw in raws), [])
            known += [other for other in same if other not in known]
    return found


@cache
def _longest_synonym() -> int:
    return max(len(stems) for stems in synonyms())


def _with_synonyms(terms: list[Term], habits: Habits) -> Iterator[Term]:
    """The terms; where some of them side by side have synonyms, one term with all of them."""
    at = 0
    while at < len(terms):
        for length in range(min(_longest_synonym(), len(terms) - at), 0, -1):
            part = terms[at : at + length]
            raws = [raw for term in part for raw in term.phrases[0].raws]
            is_exact = any(not t.phrases[0].stems for t in part) and habits.stemming
            same = synonyms().get(tuple(words.stem(raw) for raw in raws))
            if same and not is_exact:
                typed = list(part[0].phrases)
                if length > 1:
                    together = make_phrase(raws, habits)
                    typed = [together, replace(together, is_apart=True)]
                others = [_other(other, habits) for other in same if other != raws]
                yield Term(tuple(dict.fromkeys([*typed, *others])))
                at += length
                break
        else:
            yield terms[at]
            at += 1


def _other(raws: list[str], habits: Habits) -> Phrase:
    """A synonym: its stems alone, which every form has; none was typed, so none is better."""
    phrase = make_phrase(raws, habits)
    return replace(phrase, raws=()) if phrase.stems else phrase
