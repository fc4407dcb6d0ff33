"""Personal data of private persons (Law 27/2022): a question to the writer, never a verdict.

What was found is never given back in words: findings carry the place, not the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .draft import Draft, Finding, House, Severity, at
from .glossary import WORDS
from .phrases import Where

ADULT = 18
NEAR = 60  # characters before a phone number that may say whose it is
TITLE = 160  # characters before a name that may say what office its bearer holds

# Sixteen digits: region (6), day (women: +40), month, year, serial; groups may be apart.
_NIK = re.compile(r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?62[ .-]?|0)8(?:[ .-]?\d){7,11}(?!\d)")
_ADDRESS = re.compile(
    r"\bRT\.?\s*0*\d{1,3}\s*(?:[/,.-]?\s*(?:dan\s+)?RW\.?\s*0*\d{1,3}|/\s*0*\d{1,3})"
    r"|\bRT\s*/\s*RW\.?\s*:?\s*0*\d{1,3}",
    re.I,
)
_NAME = r"[A-Z][a-zA-Z'’.]*(?:\s+(?:bin|binti|al)?\s*[A-Z][a-zA-Z'’.]*){0,4}"
_HONORIFIC = (
    r"(?:[Bb]apak|[Ii]bu|[Pp]ak|[Bb]u|[Mm]bah|[Nn]enek|[Kk]akek|[Ss]audar[ai]|[Ss]dr[i]?\.|"
    r"[Nn]yonya|[Nn]y\.|[Tt]uan|[Aa]lmarhum(?:ah)?|[Aa]lm\.|[Ww]arga|[Pp]emilih|[Aa]nak)"
)
_PRIVATE = re.compile(
    rf"(?:\b{_HONORIFIC}\s+(?:bernama\s+)?(?P<a>{_NAME}))"
    rf"|(?:\b(?:bernama|berinisial|atas nama|a\.n\.)\s+(?P<b>{_NAME}))"
    rf"|(?:(?P<c>{_NAME})\s*(?:\(\s*|,\s*)(?P<age>\d{{1,3}})\s*(?:tahun|th\.?)?\s*(?:\)|,))"
)
_OFFICE = re.compile(
    r"\b(?:KPU|Bawaslu|Ketua|Anggota|Sekretaris|Kepala|Kasubbag|Kabag|Divisi|Bupati|Camat|Lurah|"
    r"Gubernur|Wali|Walikota|Menteri|Dinas|Desa|Kelurahan|Kecamatan|Kabupaten|Kota|Provinsi|TPS|"
    r"Dapil|Pemilu|Pemilihan|Pilkada|Kapolres|Dandim|Rektor|Direktur|Presiden)\b"
)
_OFFICIAL = re.compile(
    r"\b(?:Ketua|Anggota|Sekretaris|Kepala|Kasubbag|Kabag|Komisioner|Divisi|Bupati|Gubernur|Camat|"
    r"Lurah|KPU|Bawaslu)(?:\s+[\w/]+){0,3}[,\s]*$"
)
_HEALTH = re.compile(rf"\b(?:{'|'.join(map(re.escape, WORDS['health']))})(?:nya)?\b", re.IGNORECASE)
_CHILD = re.compile(
    rf"\b(?:siswa|siswi|pelajar|murid|santri|santriwati|anak)\b"
    rf"(?:\s+(?:kelas|SD|SMP|MTs|MI)\b(?:\s+[\dIVX]+)?)?\s*(?:,|bernama|berinisial)\s+(?P<a>{_NAME})"
)
_SCHOOL = re.compile(r"^(?:SD|SMP|SMA|SMK|MA|MTs|MI|TK|PAUD|SLB|Kelas|KPU|Universitas)\b")


def check(draft: Draft, house: House) -> Iterator[Finding]:
    for where in _texts(draft):
        yield from _numbers(where)
        for match in _ADDRESS.finditer(where[2]):
            yield _privately("privacy_address", Severity.WARNING, where, match.span())
        for start, end in _sentences(where[2]):
            yield from _health(where, start, end)
            yield from _children(where, start, end)


def _texts(draft: Draft) -> Iterator[Where]:
    yield from draft.texts()
    for number, cell in enumerate(draft.cells, len(draft.paragraphs)):
        yield "text", number, cell
    if draft.people:
        yield "people", 0, draft.people
    for number, photo in enumerate(draft.photos):
        if photo.caption:
            yield "photo", number, photo.caption


def _privately(code: str, severity: Severity, where: Where, span: tuple[int, int]) -> Finding:
    return at(code, severity, where, span, is_private=True)


def _numbers(where: Where) -> Iterator[Finding]:
    text = where[2]
    for match in _NIK.finditer(text):
        if is_nik(re.sub(r"\D", "", match[0])):
            yield _privately("privacy_nik", Severity.FAULT, where, match.span())
    for match in _PHONE.finditer(text):
        before = text[max(0, match.start() - NEAR) : match.start()].casefold()
        is_service = any(word.casefold() in before for word in WORDS["service"])
        severity = Severity.HINT if is_service else Severity.WARNING
        yield _privately("privacy_phone", severity, where, match.span())


def is_nik(digits: str) -> bool:
    """Whether sixteen digits hold a region and a birth date as a NIK does."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        "11" <= digits[:2] <= "97"
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and digits[12:] != "0000"
    )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in re.finditer(r"[!?](?=\s)|(?<=\w{3})\.(?=\s)|\n", text):
        yield begin, match.end()
        begin = match.end()
    yield begin, len(text)


def _people(text: str, start: int, end: int) -> Iterator[tuple[str, int | None]]:
    """(name, age) of those who are named as private persons."""
    for match in _PRIVATE.finditer(text, start, end):
        name = match["a"] or match["b"] or match["c"]
        before = text[max(start, match.start() - TITLE) : match.start()]
        is_official = _OFFICIAL.search(before) is not None
        if not (is_official or _OFFICE.search(name) or _SCHOOL.match(name)):
            yield name, int(match["age"]) if match["age"] else None


def _health(where: Where, start: int, end: int) -> Iterator[Finding]:
    """A word of illness or death in one sentence with a private person's name."""
    word = _HEALTH.search(where[2], start, end)
    if word and any(True for _person in _people(where[2], start, end)):
        yield _privately("privacy_health", Severity.WARNING, where, word.span())


def _children(where: Where, start: int, end: int) -> Iterator[Finding]:
    """A named child, or a named person below 18."""
    match = _CHILD.search(where[2], start, end)
    if match and not _SCHOOL.match(match["a"]) and not _OFFICE.search(match["a"]):
        yield _privately("privacy_child", Severity.WARNING, where, match.span("a"))
        return
    for match in _PRIVATE.finditer(where[2], start, end):
        if match["age"] and match["c"] and 1 < int(match["age"]) < ADULT:
            is_age = "tahun" in match[0] or "th" in match[0].split("(")[-1]
            if is_age and not _OFFICE.search(match["c"]):
                yield _privately("privacy_child", Severity.WARNING, where, match.span())
