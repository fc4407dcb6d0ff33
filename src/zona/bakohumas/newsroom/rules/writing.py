"""The arithmetic of writing: day texts, guiding placeholders, plain bodies, deadlines, roundups."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Literal

from zona.ground.typed.rules import WEEKDAYS

Stage = Literal["draft", "waiting", "scheduled", "live"]
ROUNDUP_AT_MOST = 7
PLACEHOLDER = re.compile(r"\{[^{}\n]+\}")

LEAD = "{kantor} {melakukan apa} {di mana}, {hari}."
DEFAULT_SKELETON = """\
{Mengapa kegiatan ini diadakan, dan apa dasarnya}

{Bagaimana jalannya: dua atau tiga hal terpenting}

{Kutipan: nama, jabatan, dan apa yang dikatakan}

{Apa artinya bagi masyarakat, dan apa langkah berikutnya}"""


def day_text(day: dt.date) -> str:
    """Weekday and date as they stand in an article: "Kamis (21/8/2025)"."""
    return f"{WEEKDAYS[day.weekday()]} ({day.day}/{day.month}/{day.year})"


def town_of(region: str) -> str:
    """The place that a dateline names when the office has not said another."""
    return re.sub(r"^(?:Kabupaten|Kota|Provinsi)\s+", "", region.strip(), flags=re.IGNORECASE)


def fill_skeleton(skeleton: str, values: Mapping[str, str]) -> str:
    """The skeleton with what is known put in; everything else in it stays a placeholder.

    A line without any placeholder is guidance too, so it is put into braces: what nobody wrote
    must never look like finished text. Names are compared without regard to case.
    """
    known = {name.casefold(): value for name, value in values.items() if value.strip()}
    lines = []
    for line in (skeleton.strip() or DEFAULT_SKELETON).splitlines():
        text = line.strip()
        if text and not PLACEHOLDER.search(text):
            text = "{" + re.sub(r"[{}]", "", text).strip(" -") + "}"
        lines.append(PLACEHOLDER.sub(lambda found: _fill(found[0], known), text))
    return "\n".join(lines)


def _fill(placeholder: str, known: Mapping[str, str]) -> str:
    value = known.get(placeholder[1:-1].strip().casefold(), placeholder)
    return value if value == placeholder else re.sub(r"[{}]", "", value)


def leftovers(*texts: str) -> list[str]:
    """The placeholders that nobody has replaced, each once, in order."""
    return list(dict.fromkeys(found for text in texts for found in PLACEHOLDER.findall(text)))


# --- plain text and the paragraphs it is kept as -----------------------------------------------


def to_html(text: str) -> str:
    """Plain text as HTML, everything escaped: a blank line parts paragraphs, "- " begins a point.

    A single line break stays one.
    """
    parts = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        parts += _paragraph(paragraph)
    return "".join(parts)


def _paragraph(paragraph: str) -> list[str]:
    parts: list[str] = []
    lines: list[str] = []
    points: list[str] = []
    for line in [*(row.strip() for row in paragraph.split("\n")), ""]:
        is_point = line.startswith("- ")
        if points and not is_point:
            parts.append(f"<ul>{''.join(points)}</ul>")
            points = []
        if lines and (is_point or not line):
            parts.append(f"<p>{'<br/>'.join(lines)}</p>")
            lines = []
        if is_point:
            points.append(f"<li>{escape(line[2:].strip(), quote=False)}</li>")
        elif line:
            lines.append(escape(line, quote=False))
    return parts


class _Reader(HTMLParser):
    """Reads back what `to_html` wrote, and what an editor did to it; richer things are told."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, list[str]]] = []  # (p or li, parts of its text)
        self.is_plain = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(name != "data-block-key" for name, _value in attrs):
            self.is_plain = False
        if tag in ("p", "li"):
            self.blocks.append((tag, []))
        elif tag == "br" and self.blocks:
            self.blocks[-1][1].append("\n")
        elif tag != "ul":
            self.is_plain = False

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.blocks:
            self.blocks[-1][1].append(data)
        elif data.strip():
            self.is_plain = False

    def handle_comment(self, data: str) -> None:
        self.is_plain = False


def to_text(html: str) -> str | None:
    """What `to_html` was given; None when the HTML holds more than plain text can tell."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if not reader.is_plain:
        return None
    pieces: list[str] = []
    last = ""
    for tag, parts in reader.blocks:
        lines = "\n".join(line.strip() for line in "".join(parts).split("\n")).strip()
        if lines:
            if pieces:
                pieces.append("\n" if tag == last == "li" else "\n\n")
            pieces.append("- " + lines.replace("\n", " ") if tag == "li" else lines)
            last = tag
    return "".join(pieces)


# --- deadlines, risks, roundups ----------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One event as a roundup tells of it."""

    title: str
    day: dt.date
    place: str = ""


def roundup_text(events: Iterable[Told]) -> str:
    """The body of a roundup: each event with day and place, and room for its sentence.

    Raises ValueError for fewer than two events or more than seven.
    """
    rows = sorted(events, key=lambda event: event.day)
    if not 2 <= len(rows) <= ROUNDUP_AT_MOST:
        raise ValueError(f"a roundup tells of 2 to {ROUNDUP_AT_MOST} events")
    parts = []
    for row in rows:
        place = f" di {row.place.strip()}" if row.place.strip() else ""
        parts.append(
            f"- {day_text(row.day)}{place}: {row.title.strip()}. {{Hasilnya dalam satu kalimat}}"
        )
    return "{Satu kalimat pembuka: apa yang dikerjakan pekan ini}\n\n" + "\n".join(parts)


# --- which event an item tells of --------------------------------------------------------------
