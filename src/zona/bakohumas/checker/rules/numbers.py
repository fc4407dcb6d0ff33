"""Sums that do not come out: L + P, parts of a whole, shares, signs of thousands.

Only what is printed beside each other is added up; a list whose units differ is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .draft import Draft, Finding, House, Severity, Spans, at
from .phrases import Where, find_dates

NEAR = 0.02  # a sum this close to the printed total was meant to be equal
_NUMBER = r"(?<!\d)(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,15})(?!\d)"  # what is longer counts nothing
_NOT_A_COUNT = re.compile(r"\s*(?:persen|%|,\d|\.\d|/|:|\s?WI[BT]A?\b|tahun\b|hari\b|jam\b)", re.I)
_IS_NAME = re.compile(
    r"(?:\b(?:tahun|nomor|no\.?|pasal|ayat|pukul|ke|RT|RW|TPS|pkpu|uu)[\s-]*|[\w]/)$", re.I
)
_THING = r"(?:pemilih|orang|jiwa|warga|peserta|siswa|anggota|di\s+antaranya)"
_MEN = re.compile(
    rf"(?:\b(?:laki[\s-]*laki|pria|L)\b\s*[:=]?\s*(?:sebanyak\s+|berjumlah\s+)?(?P<a>{_NUMBER}))"
    rf"|(?:(?P<b>{_NUMBER})\s+(?:{_THING}\s+)?(?:laki[\s-]*laki|pria)\b)",
    re.IGNORECASE,
)
_WOMEN = re.compile(
    rf"(?:\b(?:perempuan|wanita|P)\b\s*[:=]?\s*(?:sebanyak\s+|berjumlah\s+)?(?P<a>{_NUMBER}))"
    rf"|(?:(?P<b>{_NUMBER})\s+(?:{_THING}\s+)?(?:perempuan|wanita)\b)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(?:terdiri\s+(?:dari|atas)|dengan\s+rincian|rinciannya|masing-masing)\b", re.I
)
_PAIR = re.compile(r"\b(?:perempuan|wanita|P)\b", re.IGNORECASE)
_PARTS_OR_WHOLE = re.compile(rf"\bdari\s|{_PARTS.pattern}", re.IGNORECASE)
_SHARE = re.compile(
    rf"(?P<part>{_NUMBER})\s+(?:\w+\s+){{0,2}}dari\s+(?:total\s+|jumlah\s+)?(?P<whole>{_NUMBER})"
    r"\s*(?:\w+\s+){0,3}[(,]?\s*(?:atau\s+|sebesar\s+|setara\s+)?(?:sekitar\s+)?"
    r"(?P<share>\d{1,3}(?:[,.]\d{1,2})?)\s*(?:persen|%)",
    re.I,
)
_COUNT = re.compile(rf"(?<![\d.,/:-]){_NUMBER}(?!\.\d{{3}})")
_COMMAS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")


@dataclass(frozen=True, slots=True)
class Count:
    """One printed number of things."""

    value: int
    start: int
    end: int


def check(draft: Draft, house: House) -> Iterator[Finding]:
    for where in draft.texts():
        yield from _commas(where)
        yield from _shares(where)
        if not (_PAIR.search(where[2]) or _PARTS_OR_WHOLE.search(where[2])):
            continue
        dates = Spans(date.span for date in find_dates(where[2]))
        for start, end in _sentences(where[2]):
            yield from _men_and_women(where, start, end, dates)
            yield from _list(where, start, end, dates)


def show(value: int) -> str:
    """A number with points between thousands."""
    return f"{value:,}".replace(",", ".")


def counts_in(text: str, start: int, end: int, dates: Spans) -> list[Count]:
    """Numbers of things in a stretch of text: no dates, years, times, shares or rule numbers."""
    found = []
    for match in _COUNT.finditer(text[start:end]):
        first, last = start + match.start(), start + match.end()
        if dates.hold(first):
            continue
        if _NOT_A_COUNT.match(text, last, end) or _IS_NAME.search(text[max(0, first - 12) : first]):
            continue
        value = _value(match[0])
        if match[0].isdigit() and len(match[0]) == 4 and 1900 <= value <= 2100:
            continue
        found.append(Count(value, first, last))
    return found


def _value(text: str) -> int:
    return int(text.replace(".", ""))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans that end with a full stop and a blank; the points in numbers do not end one."""
    begin = 0
    for match in re.finditer(r"[.!?](?=\s)|\n", text):
        yield begin, match.end()
        begin = match.end()
    if text[begin:].strip():
        yield begin, len(text)


def _men_and_women(where: Where, start: int, end: int, dates: Spans) -> Iterator[Finding]:
    """One number of men, one of women, and a total beside them."""
    text = where[2]
    men, women = (
        [_number_of(match) for match in pattern.finditer(text, start, end)]
        for pattern in (_MEN, _WOMEN)
    )
    if len(men) != 1 or len(women) != 1:
        return  # several places in one sentence: which belong together is not known
    (man, _), (woman, _) = men[0], women[0]
    if men[0][1] == women[0][1]:
        return
    total, own = man + woman, {men[0][1], women[0][1]}
    others = [row for row in counts_in(text, start, end, dates) if (row.start, row.end) not in own]
    if any(row.value == total for row in others):
        return
    near = [row for row in others if max(man, woman) < row.value <= 1.5 * total]
    if not near or total < 2:
        return
    wrong = min(near, key=lambda row: abs(row.value - total))
    yield at(
        "sum_of_men_and_women", Severity.WARNING, where, (wrong.start, wrong.end),
        suggestion=show(total), men=show(man), women=show(woman), sum=show(total),
        total=show(wrong.value),
    )  # fmt: skip


def _number_of(match: re.Match[str]) -> tuple[int, tuple[int, int]]:
    group = "a" if match["a"] else "b"
    return _value(match[group]), match.span(group)


def _list(where: Where, start: int, end: int, dates: Spans) -> Iterator[Finding]:
    """ "N things, terdiri dari a ..., b ... dan c ..." and near misses of "dari N ..., a, b, c"."""
    text = where[2]
    if _MEN.search(text, start, end) and _WOMEN.search(text, start, end):
        return
    match = _PARTS.search(text, start, end)
    if match:
        before = counts_in(text, start, match.start(), dates)
        parts = [row.value for row in counts_in(text, match.end(), end, dates)]
        whole, limit = (before[-1] if before else None), 0.5
    else:
        before = counts_in(text, start, end, dates)
        whole, parts, limit = (before[0] if before else None), [r.value for r in before[1:]], NEAR
        if whole is None or not re.search(r"\bdari\s+$", text[start : whole.start], re.I):
            return
    total = sum(parts)
    if whole is None or len(parts) < 2 or whole.value in (total, 0) or max(parts) >= whole.value:
        return
    if abs(total - whole.value) > limit * whole.value:
        return
    yield at(
        "sum_of_list", Severity.WARNING, where, (whole.start, whole.end),
        parts=" + ".join(show(part) for part in parts), sum=show(total), total=show(whole.value),
    )  # fmt: skip


def _shares(where: Where) -> Iterator[Finding]:
    """A printed share against the two numbers beside it."""
    for match in _SHARE.finditer(where[2]):
        part, whole = _value(match["part"]), _value(match["whole"])
        if not whole or part > whole:
            continue
        printed = float(match["share"].replace(",", "."))
        right = 100 * part / whole
        decimals = len(re.split(r"[,.]", match["share"])[-1]) if "," in match["share"] else 0
        if abs(printed - right) <= max(0.6 * 10**-decimals, 0.06):
            continue
        words = f"{right:.{decimals}f}".replace(".", ",")
        yield at(
            "share_wrong", Severity.WARNING, where, match.span("share"),
            suggestion=words, part=show(part), whole=show(whole), share=words,
            printed=match["share"],
        )  # fmt: skip


def _commas(where: Where) -> Iterator[Finding]:
    """Thousands parted by commas, as in English."""
    for match in _COMMAS.finditer(where[2]):
        if match[0].count(",") == 1 and not _looks_like_thousands(where[2], match):
            continue
        yield at(
            "thousands_by_comma", Severity.HINT, where, match.span(),
            suggestion=match[0].replace(",", "."),
        )  # fmt: skip


def _looks_like_thousands(text: str, match: re.Match[str]) -> bool:
    """A single comma may be a decimal one; a counted thing behind it tells them apart."""
    follows = text[match.end() : match.end() + 12].strip().lower()
    return follows.startswith(("pemilih", "orang", "jiwa", "warga", "suara", "peserta", "siswa"))
