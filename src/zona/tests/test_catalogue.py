"""Zona's own words: everything its code hands to gettext has finished Indonesian, nothing more.

Reads code and templates itself, so that it also runs where gettext's programs are not installed.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
CATALOGUE = PACKAGE / "locale" / "id" / "LC_MESSAGES" / "django.po"

# How many of the leading arguments are texts: context, singular, plural.
ARGUMENTS = {
    "_": 1, "_l": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1,
    "ngettext": 2, "ngettext_lazy": 2, "pgettext": 2, "pgettext_lazy": 2,
    "npgettext": 3, "npgettext_lazy": 3,
}  # fmt: skip
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(((?:\s*,?\s*{LITERAL})+)")
MARK = re.compile(r"%%|%\([^)]*\)[sdr]|%[sdr]|\{\w*\}|</?[a-z][^>]*>")


class Key(NamedTuple):
    """What gettext looks a string up by."""

    context: str | None
    msgid: str
    plural: str = ""


def to_key(name: str, texts: list[str]) -> Key:
    context = texts.pop(0) if "p" in name.split("gettext")[0] else None
    return Key(context, *texts)


def read_code(source: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(source.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        count = ARGUMENTS.get(name, 0)
        texts = [
            each.value
            for each in node.args[:count]
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        if count and len(texts) == count:
            yield to_key(name, texts)


def read_template(source: Path) -> Iterator[Key]:
    for name, literals in CALL.findall(templatize(source.read_text(), str(source))):
        yield to_key(name, list(ast.literal_eval(f"({literals},)")))


@cache
def read_own() -> dict[Key, str]:
    """Every string of Zona with the file that has it first."""
    found: dict[Key, str] = {}
    for suffix, read in ((".py", read_code), (".html", read_template), (".txt", read_template)):
        for source in sorted(PACKAGE.rglob(f"*{suffix}")):
            place = source.relative_to(PACKAGE)
            if "tests" in place.parts or "migrations" in place.parts:
                continue
            if suffix != ".py" and "templates" not in place.parts:
                continue
            for key in read(source):
                found.setdefault(key, str(place))
    return found


@cache
def read_catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def key_of(entry: polib.POEntry) -> Key:
    return Key(entry.msgctxt, entry.msgid, entry.msgid_plural)


def forms_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_string_has_indonesian() -> None:
    # Two calls may share a singular, one with and one without plural; gettext keeps one entry.
    have = {(each.msgctxt, each.msgid) for each in read_catalogue() if not each.obsolete}
    missing = {k: v for k, v in read_own().items() if (k.context, k.msgid) not in have}
    assert not missing, "\n".join(f"{v}: {k.msgid!r}" for k, v in sorted(missing.items(), key=str))


def test_nothing_is_kept_that_no_code_says() -> None:
    said = {(key.context, key.msgid) for key in read_own()}
    unused = [e.msgid for e in read_catalogue() if (e.msgctxt, e.msgid) not in said]
    assert not unused, "\n".join(map(repr, unused))


def test_every_entry_is_finished() -> None:
    catalogue = read_catalogue()
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert not catalogue.fuzzy_entries()
    assert not catalogue.obsolete_entries()
    assert not [entry.msgid for entry in catalogue if not all(forms_of(entry))]
    counts = Counter(key_of(entry) for entry in catalogue)
    assert not [key for key, count in counts.items() if count > 1]


def test_placeholders_and_markup_agree() -> None:
    wrong = []
    for entry in read_catalogue():
        one = Counter(MARK.findall(entry.msgid))
        many = Counter(MARK.findall(entry.msgid_plural or entry.msgid))
        for text in filter(None, forms_of(entry)):
            marks = Counter(MARK.findall(text))
            # Indonesian has one form: it has what both English forms have, and may have what
            # only one of them has.
            if not (one & many) <= marks <= (one | many):
                wrong.append((entry.msgid, text))
    assert not wrong


def test_scripts_get_their_words_from_the_page() -> None:
    """So there is no second catalogue: words stand in data attributes of the templates."""
    calling = [
        str(source)
        for source in PACKAGE.glob("*/static/**/*.js")
        if re.search(r"\bn?gettext\(", source.read_text())
    ]
    assert not calling


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('{% translate "Search" %}', Key(None, "Search")),
        ("{% translate 'May' context 'month' %}", Key("month", "May")),
        ("{% x title=_(\"It is 'so'\") %}", Key(None, "It is 'so'")),
        (
            "{% blocktranslate count n=n trimmed %}one\n item{% plural %}{{ n }} items"
            "{% endblocktranslate %}",
            Key(None, "one item", "%(n)s items"),
        ),
    ],
)
def test_the_reader_of_templates_sees(template: str, expected: Key, tmp_path: Path) -> None:
    source = tmp_path / "page.html"
    source.write_text(template)
    assert list(read_template(source)) == [expected]
