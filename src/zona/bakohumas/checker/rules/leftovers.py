"""What pasting and copying leave behind: words of buttons, marks of Word, unfilled places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from .draft import MOST_OF_A_KIND, Draft, Finding, House, Severity, at
from .glossary import WORDS
from .phrases import Where

_BUTTON = re.compile(
    "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in WORDS["buttons"]), re.IGNORECASE
)
_WHOSE = r"(?:foto|humas|kpu|bawaslu|pribadi|istimewa)\b"
_CREDIT = re.compile(
    rf"\(?\bdok\.?\s*:?\s*{_WHOSE}[^.\n]{{0,60}}|\bdokumentasi\s*:\s*{_WHOSE}[^.\n]{{0,60}}"
    rf"|\(\s*(?:sumber\s+)?(?:foto|dok|dokumentasi)\b[^)\n]{{0,60}}\)"
    r"|(?:^|(?<=\n))\s*(?:foto|gambar|keterangan foto|sumber foto)\s*:\s*[^\n]{0,80}",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"&(?:nbsp|amp|quot|lt|gt|ldquo|rdquo|ndash|mdash|hellip|#\d{2,5});"
    r"|</?(?:p|div|span|br|strong|b|i|em|a|img|table|t[dr]|o:p|st1:\w+|font|h[1-6])\b[^<>\n]{0,200}>"
    r"|<!--.{0,200}?-->|\bMso[A-Z]\w+|\bmso-[\w-]+\s*:|\bst1:\w+|/\* Style Definitions \*/"
    r"|Normal\s+0\s+false\s+false\s+false|\[/?(?:caption|gallery|embed|vc_\w+)[^\]]{0,200}\]"
    r"|\b(?:X-NONE|w:WordDocument)\b|\{(?:mosimage|gallery)[^}]{0,80}\}"
)
_BROKEN = re.compile(r"[Ãâ][€‚„\u0080-\u00bf][\u0080-\u00bf™œ“”˜]?|\ufffd|Â(?=[\s\u00a0])")
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u0000-\u0008\u000b\u000c\ue000-\uf8ff]"
)
_UNFILLED = re.compile(
    r"\{[^{}\n]{2,120}\}|\[(?:isi|nama|tanggal|tempat|jabatan|judul|lengkapi)[^\]\n]{0,60}\]"
    r"|_{4,}|\.{5,}|\b[xX]{4,}\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_DATELINE = re.compile(r"^\s*(?P<words>[^\n–—_]{3,60}?)\s*(?:[–—_]|\s-{1,2}\s|-{2}|(?<=\w)-\s)")
DATELINE_LENGTH = 60


def check(draft: Draft, house: House) -> Iterator[Finding]:
    yield from _unfilled(draft)
    for where in _texts(draft):
        yield from _every(_MARKUP, "markup", Severity.FAULT, where)
        yield from _every(_BROKEN, "broken_letters", Severity.FAULT, where)
        yield from _every(_BUTTON, "button_text", Severity.WARNING, where)
        if where[0] == "text":
            yield from _every(_CREDIT, "caption_in_text", Severity.WARNING, where)
        yield from _invisible(where)
        yield from _spaces(where)


def _unfilled(draft: Draft) -> Iterator[Finding]:
    """Once an item: the first place, and how many there are; a draft begins with several."""
    found = [(where, match) for where in _texts(draft) for match in _UNFILLED.finditer(where[2])]
    if found:
        where, match = found[0]
        yield at("placeholder", Severity.FAULT, where, match.span(), count=len(found))


def _texts(draft: Draft) -> Iterator[Where]:
    yield from draft.texts()
    for number, photo in enumerate(draft.photos):
        for words in (photo.caption, photo.alt):
            if words:
                yield "photo", number, words


def _every(
    pattern: re.Pattern[str], code: str, severity: Severity, where: Where
) -> Iterator[Finding]:
    for match in islice(pattern.finditer(where[2]), MOST_OF_A_KIND):
        yield at(code, severity, where, match.span())


def _invisible(where: Where) -> Iterator[Finding]:
    match = _INVISIBLE.search(where[2])
    if match:
        yield at("invisible_signs", Severity.HINT, where, match.span())


def _spaces(where: Where) -> Iterator[Finding]:
    """Once a text: the first place, and how many there are."""
    found = list(_SPACES.finditer(where[2]))
    if found:
        yield at(
            "double_space", Severity.HINT, where, found[0].span(),
            suggestion=" ", count=len(found),
        )  # fmt: skip


def opening_dateline(text: str) -> str:
    """The dateline with which a text begins, as "KARANGANYAR –"; "" when there is none."""
    match = _DATELINE.match(text[: DATELINE_LENGTH + 10])
    if match is None or len(match["words"]) > DATELINE_LENGTH:
        return ""
    words = match["words"].strip()
    place = re.split(r"[,(]", words)[0].strip()
    is_place = bool(re.fullmatch(r"(?:[A-Z][\w.'’-]*)(?:\s+[A-Z(][\w.'’-]*){0,3}", place))
    return match[0].strip() if is_place else ""
