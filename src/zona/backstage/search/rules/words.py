"""From a text to its words, and from a word to its stem. The same for index and query.

Stems are those of Sastrawi with a protected list and a fix map (data/); a stem is no linguistic
truth, only the same for forms that belong together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

# One for every word type that processes meet; a word and its stem are about 200 bytes.
STEMS_KEPT = 50_000
LONGEST_WORD = 60  # characters; what is longer is no word
WORD = re.compile(r"[^\W_]+")
# Zero-width characters and the soft hyphen stand inside words and are not seen.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
OLD_LETTERS = (("tj", "c"), ("dj", "j"), ("oe", "u"))
NUMBER_WORDS = {"nomor", "no", "nmr"}
YEAR_WORDS = {"tahun", "thn", "th"}
YEAR = re.compile(r"(?:19|20)\d\d")


class Word(NamedTuple):
    """A word as it is compared (`raw`), and where it stands in the text it came from."""

    raw: str
    start: int
    end: int


def clean(text: str) -> str:
    """The text without what cannot be seen: zero-width and control characters; NFC."""
    return CONTROL.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def fold(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", INVISIBLE.sub("", text)).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def split(text: str) -> Iterator[Word]:
    """The words of a text in order; "22/2023" is two, which the index keeps side by side."""
    for found in WORD.finditer(text):
        if (word := found.group()).isascii():
            yield Word(word.lower()[:LONGEST_WORD], found.start(), found.end())
            continue
        for raw in WORD.findall(fold(found.group())):
            yield Word(raw[:LONGEST_WORD], found.start(), found.end())


def list_words(text: str) -> list[str]:
    return [word.raw for word in split(text)]


@lru_cache(maxsize=STEMS_KEPT)
def stem(raw: str) -> str:
    """The stem of a folded word; never empty, and its own stem."""
    if raw.isdigit():
        return raw.lstrip("0") or "0"
    found = raw
    for _ in range(4):  # the stemmer may find more to take off its own result
        shorter = _stem_once(found)
        if shorter == found:
            break
        found = shorter
    return found


def _stem_once(raw: str) -> str:
    if not raw.isalpha() or not raw.isascii() or len(raw) < 4:
        return raw
    modern = old_spelling().get(raw) or modernise(raw)
    if modern in fixes():
        return fixes()[modern]
    if modern in protected():
        return modern
    return _stemmer().stem(modern) or modern


def modernise(raw: str) -> str:
    """Old spelling as it is written today, when that makes a word of the dictionary out of none."""
    if not any(old in raw for old, _ in OLD_LETTERS) or _is_known(raw):
        return raw
    modern = raw
    for old, new in OLD_LETTERS:
        modern = modern.replace(old, new)
    return modern if _is_known(modern) else raw


def _is_known(raw: str) -> bool:
    return bool(_stemmer().dictionary.contains(_stemmer().stem(raw)))


def list_stems(text: str) -> list[str]:
    """The stems of a text in order; "Nomor 13 Tahun 2024" becomes 13 2024, as 13/2024 does."""
    return [stem(raw) for raw in drop_citation_words(list_words(text))]


def drop_citation_words(raws: Iterable[str]) -> list[str]:
    """Without "nomor" before a number, and without "tahun" between a number and a year."""
    kept: list[str] = []
    for raw in raws:
        if raw.isdigit() and kept and kept[-1] in NUMBER_WORDS:
            kept.pop()
        is_year = len(kept) > 1 and YEAR.fullmatch(raw) and kept[-1] in YEAR_WORDS
        if is_year and kept[-2].isdigit():
            kept.pop()
        kept.append(raw)
    return kept


def say_date(day: int, month: int, year: int) -> str:
    """24 oktober 2025: how a date is looked for."""
    return f"{day} {MONTHS[month - 1]} {year}"


# --- data ---


def read_lines(name: str) -> Iterator[str]:
    """The lines of a data file of the room without comments."""
    text = resources.files("zona.backstage.search").joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def read_pairs(name: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in read_lines(name))
    return {left.strip(): right.strip() for left, _, right in pairs}


@cache
def protected() -> frozenset[str]:
    return frozenset(word for line in read_lines("protected.txt") for word in line.split())


@cache
def fixes() -> dict[str, str]:
    return read_pairs("fixes.txt")


@cache
def old_spelling() -> dict[str, str]:
    return read_pairs("old_spelling.txt")


@cache
def soft_words() -> frozenset[str]:
    return frozenset(word for line in read_lines("soft_words.txt") for word in line.split())


@cache
def _stemmer():  # type: ignore[no-untyped-def]  # Sastrawi has no types
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer().delegatedStemmer  # without its cache, which only grows
