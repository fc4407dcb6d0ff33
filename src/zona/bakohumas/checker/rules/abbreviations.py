"""Abbreviations: said in full once, at their first use, and rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .draft import Draft, Finding, House, Severity, at
from .glossary import FAMILIAR
from .phrases import Where

TAIL = 200  # characters before a bracket in which an expansion is looked for
_NO_BLANK = re.compile(r"\S+")
_WHOLE_WORD = re.compile(r"[\w-]+")
_LAST_WORD = re.compile(r"(?<![\w-])[\w-]+$")
_SMALL = {"dan", "yang", "dari", "di"}


def check(draft: Draft, house: House) -> Iterator[Finding]:
    """Titles may use an abbreviation bare; the text then says it in full."""
    bare: list[tuple[Where, re.Match[str], str]] = []
    texts = [(where, _plain(where[2])) for where in draft.texts()]
    whole = "\n".join(plain for _where, plain in texts)
    for short, longs in house.glossary.items():
        if not any(words.casefold() in whole for words in (short, *longs)):
            continue
        mine = [
            where
            for where, plain in texts
            if any(words.casefold() in plain for words in (short, *longs))
        ]
        wrong = [row for where in mine for row in _wrong(where, short, longs)]
        yield from wrong
        prose = [where for where in mine if where[0] != "title"]
        use = next(_uses(prose, short), None)
        said = _expansions(prose, short, longs)
        if use and not said and not wrong and short not in FAMILIAR:
            bare.append((*use, short))
        if len(said) > 1:
            where, span = said[1]
            yield at("expanded_twice", Severity.HINT, where, span, short=short)
    if bare:
        yield _unsaid(draft, bare, house)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _uses(prose: Sequence[Where], short: str) -> Iterator[tuple[Where, re.Match[str]]]:
    pattern = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w-])", _flags(short))
    return ((where, match) for where in prose for match in pattern.finditer(where[2]))


def _flags(short: str) -> re.RegexFlag:
    """ "Coktas" is also written small; what is all capitals is not."""
    return re.RegexFlag(0) if short.isupper() else re.IGNORECASE


def _expansions(
    prose: Sequence[Where], short: str, longs: Sequence[str]
) -> list[tuple[Where, tuple[int, int]]]:
    """Where a right expansion stands together with the abbreviation or alone."""
    found = []
    for long in longs:
        words = r"\s+".join(map(re.escape, long.split()))
        pattern = re.compile(rf"\b{words}\b(?:\s*\(\s*{re.escape(short)}\s*\))?", re.IGNORECASE)
        beside = re.compile(rf"{re.escape(short)}\s*\(\s*{words}\s*\)", re.IGNORECASE)
        for where in prose:
            pairs = [m.span() for m in pattern.finditer(where[2]) if "(" in m[0]]
            pairs += [m.span() for m in beside.finditer(where[2])]
            alone = [] if pairs else [m.span() for m in pattern.finditer(where[2])]
            found += [(where, span, True) for span in pairs]
            found += [(where, span, False) for span in alone[:1]]
    paired = [(where, span) for where, span, is_pair in found if is_pair]
    return paired or [(where, span) for where, span, _is_pair in found][:1]


def _unsaid(draft: Draft, bare: list[tuple[Where, re.Match[str], str]], house: House) -> Finding:
    """One finding for all: where the first stands, and what each stands for."""
    order = {"lead": 0, "text": 1}
    bare.sort(key=lambda row: (order.get(row[0][0], 2), row[0][1], row[1].start()))
    where, match, short = bare[0]
    long = house.glossary[short][0]
    named = ", ".join(f"{row[2]} ({house.glossary[row[2]][0]})" for row in bare)
    return at(
        "abbreviation_unsaid", Severity.HINT, where, match.span(),
        suggestion=f"{long} ({short})", count=len(bare), list=named,
    )  # fmt: skip


def _wrong(where: Where, short: str, longs: Sequence[str]) -> Iterator[Finding]:
    """ "PPK (Panitia Pemungutan Kecamatan)" or "Panitia Pemungutan Kecamatan (PPK)"."""
    text = where[2]
    for match in re.finditer(rf"(?<!\w){re.escape(short)}\s*\(([^()\n]{{5,80}})\)", text):
        if _seems_one(match[1], longs) and not _is_one(match[1], longs):
            yield _say_right(where, match.span(1), short, longs)
    for match in re.finditer(rf"\(\s*{re.escape(short)}\s*\)", text):
        for long in longs:
            span = _words_before(text, match.start(), len(long.split()))
            if span is None:
                continue
            if _is_one(text[max(0, span[0] - 40) : match.start()], longs, at_end=True):
                break
            if _seems_one(text[span[0] : span[1]], [long]):
                yield _say_right(where, span, short, longs)
                break


def _words_before(text: str, end: int, count: int) -> tuple[int, int] | None:
    """The span of so many words directly before a place."""
    begin = max(0, end - TAIL)
    words = list(_NO_BLANK.finditer(text, begin, end))[-count:]
    if len(words) < count or not all(_WHOLE_WORD.fullmatch(word[0]) for word in words[1:]):
        return None
    first = _LAST_WORD.search(words[0][0])
    return (words[0].start() + first.start(), words[-1].end()) if first else None


def _say_right(where: Where, span: tuple[int, int], short: str, longs: Sequence[str]) -> Finding:
    return at(
        "expansion_wrong", Severity.WARNING, where, span,
        suggestion=longs[0], short=short, right=" / ".join(longs),
    )  # fmt: skip


def _is_one(words: str, longs: Sequence[str], *, at_end: bool = False) -> bool:
    plain = " ".join(words.casefold().split())
    for long in longs:
        if plain == long.casefold() or (at_end and plain.endswith(long.casefold())):
            return True
    return False


def _seems_one(words: str, longs: Sequence[str]) -> bool:
    """Whether words were meant as an expansion: same first letters, most words the same."""
    given = _initials(words)
    return any(given == _initials(long) and _shared(words, long) for long in longs)


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.casefold().split() if word not in _SMALL)


def _shared(words: str, long: str) -> bool:
    one, other = set(words.casefold().split()), set(long.casefold().split())
    return len(one & other) * 2 >= len(other) - 1 and bool(one & other)
