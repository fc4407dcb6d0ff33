"""The Indonesian overlay: every string of the libraries that people meet, and nothing else.

Reads the installed packages, so an upgrade that brings a new string fails here until
src/zona/locale/overlay/ has it.
"""

import ast
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from django.apps import apps
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JSONCatalog
from wagtail.admin.views.i18n import js_catalog

from zona.operations.preparation import compile_catalogue

OVERLAY = Path(__file__).resolve().parent.parent / "locale" / "overlay"
DOMAINS = ("django", "djangojs")

# Packages with catalogues. Wagtail's own Indonesian lies under id_ID, which LANGUAGE_CODE "id"
# does not read: the overlay holds all of Wagtail, not only what Wagtail lacks.
CATALOGUED = (
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "allauth",
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django_filters",
    "taggit",
)
# Packages that mark strings but ship no catalogue at all: their code is read.
UNCATALOGUED = ("django_tasks", "django_tasks_db", "modelsearch")

# Words that are the same in both languages, and patterns without a word.
SAME_IN_BOTH = {
    "%(field_label)s:",
    "%(status_display)s %(task_name)s %(started_at)s",
    "%(time_zone_option)s: %(localized_time_zone_label)s",
    "Administrator",
    "Alias",
    "Format",
    "ID",
    "Kazakh",
    "Menu:",
    "Status",
    "Status: ",
    "Token",
    "Turkmen",
    "status",
}

# Placeholders left out on purpose, because the package never fills them.
LEFT_OUT = {"%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s": {"%(model_name)s"}}

# Spelling and vocabulary of the back office (docs: glossary): what must not come back.
UNWANTED = {
    r"\banda\b": "Anda",
    r"\be-?mail\b": "surel",
    r"\b(?:di)?moderasi\b": "pemeriksaan",
    r"\bkonsep\b": "draf",
    r"publikasi": "terbit, tayang",
    r"kadaluarsa|kadaluwarsa": "kedaluwarsa",
    r"\bdasbor\b": "beranda kerja",
    r"\b(?:sub-halaman|turunan halaman)\b": "subhalaman",
    r"\bsilah?kan\b|\bmohon\b": "(say it without)",
    r"\b(?:valid|error|default|browser|login|upload|download|link|passkey)\b": "(Indonesian word)",
    r"\b(?:disini|dimana|merubah|dirubah|komplet)\b": "(spelling)",
    r"!": "(no exclamation mark)",
}

MARK = re.compile(r"%%|%\([^)]*\)[sdr]|%[sdr]|\{\w*\}|</?[a-z][^>]*>")
GETTEXT = {"gettext", "gettext_lazy", "_", "pgettext", "pgettext_lazy"}


class Key(NamedTuple):
    """What gettext looks a string up by, within one domain."""

    domain: str
    context: str | None
    msgid: str


@cache
def read_overlay() -> dict[Key, polib.POEntry]:
    entries: dict[Key, polib.POEntry] = {}
    for domain in DOMAINS:
        for entry in polib.pofile(str(OVERLAY / "id" / "LC_MESSAGES" / f"{domain}.po")):
            key = Key(domain, entry.msgctxt, entry.msgid)
            assert key not in entries, f"twice in the overlay: {key}"
            entries[key] = entry
    return entries


def find_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


@cache
def read_catalogue(package: str) -> dict[Key, polib.POEntry]:
    """The strings of a package, from its English catalogue or else from all its others."""
    locale = find_folder(package) / "locale"
    languages = [locale / "en"] if (locale / "en").is_dir() else sorted(locale.iterdir())
    found: dict[Key, polib.POEntry] = {}
    for language in languages:
        for domain in DOMAINS:
            source = language / "LC_MESSAGES" / f"{domain}.po"
            if source.exists():
                for entry in polib.pofile(str(source)):
                    if not entry.obsolete:
                        found[Key(domain, entry.msgctxt, entry.msgid)] = entry
    assert found, f"{package} has no catalogue any more"
    return found


@cache
def read_own_indonesian(package: str) -> frozenset[Key]:
    folder = find_folder(package) / "locale" / "id" / "LC_MESSAGES"
    return frozenset(
        Key(domain, entry.msgctxt, entry.msgid)
        for domain in DOMAINS
        if (folder / f"{domain}.po").exists()
        for entry in polib.pofile(str(folder / f"{domain}.po"))
        if entry.translated() and not entry.fuzzy and not entry.obsolete
    )


@cache
def read_code(package: str) -> frozenset[Key]:
    """The strings that the code of a package hands to gettext."""
    return frozenset(
        key
        for source in find_folder(package).rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Call)
        for key in read_call(node)
    )


def read_call(node: ast.Call) -> Iterator[Key]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and type(a.value) is str]
    if name in GETTEXT and texts:
        yield Key("django", texts[0] if len(texts) > 1 else None, texts[-1])


def list_forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_installed_app_with_a_catalogue_is_read() -> None:
    found = {app.name for app in apps.get_app_configs() if (Path(app.path) / "locale").is_dir()}
    assert {name for name in found if not name.startswith("zona")} <= set(CATALOGUED)


@pytest.mark.parametrize("package", CATALOGUED)
def test_every_string_of_a_catalogue_has_indonesian(package: str) -> None:
    missing = read_catalogue(package).keys() - read_overlay().keys() - read_own_indonesian(package)
    assert not missing, sorted(missing, key=str)


@pytest.mark.parametrize("package", UNCATALOGUED)
def test_every_string_of_code_without_catalogue_has_indonesian(package: str) -> None:
    assert not (find_folder(package) / "locale").exists(), "now has catalogues: move it up"
    assert read_code(package), "marks no string any more"
    missing = read_code(package) - read_overlay().keys()
    assert not missing, sorted(missing, key=str)


def test_a_plural_is_a_plural_on_both_sides() -> None:
    wrong = [
        key
        for package in CATALOGUED
        for key, entry in read_catalogue(package).items()
        if entry.msgid_plural
        and key in read_overlay()
        and read_overlay()[key].msgid_plural != entry.msgid_plural
    ]
    assert not wrong


def test_nothing_is_kept_that_no_package_has() -> None:
    known: set[Key] = set()
    for package in CATALOGUED:
        known |= read_catalogue(package).keys()
    for package in UNCATALOGUED:
        known |= read_code(package)
    assert not read_overlay().keys() - known


def test_every_entry_is_finished() -> None:
    for domain in DOMAINS:
        catalogue = polib.pofile(str(OVERLAY / "id" / "LC_MESSAGES" / f"{domain}.po"))
        assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
        assert catalogue.percent_translated() == 100
        assert not catalogue.fuzzy_entries()
        assert not catalogue.obsolete_entries()
        assert all(len(list_forms(entry)) == 1 for entry in catalogue)


def test_placeholders_and_markup_agree() -> None:
    wrong = []
    for key, entry in read_overlay().items():
        one = Counter(MARK.findall(entry.msgid))
        many = Counter(MARK.findall(entry.msgid_plural or entry.msgid))
        for text in list_forms(entry):
            marks = Counter(MARK.findall(text))
            # Indonesian has one form: it may use what either English form has, and must use
            # what both have.
            marks.update(LEFT_OUT.get(entry.msgid, ()))
            if not (one & many) <= marks <= (one | many):
                wrong.append((key, text))
            if (text[:1].isspace(), text[-1:].isspace()) != (
                entry.msgid[:1].isspace(),
                entry.msgid[-1:].isspace(),
            ):
                wrong.append((key, text))
    assert not wrong


def test_no_english_is_passed_off_as_indonesian() -> None:
    same = {key.msgid for key, entry in read_overlay().items() if entry.msgid in list_forms(entry)}
    assert same == SAME_IN_BOTH


@pytest.mark.parametrize(("pattern", "instead"), UNWANTED.items())
def test_vocabulary(pattern: str, instead: str) -> None:
    flags = 0 if "anda" in pattern else re.IGNORECASE
    found = [
        text
        for entry in read_overlay().values()
        for text in list_forms(entry)
        if re.search(pattern, MARK.sub(" ", text), flags)
    ]
    assert not found, f"write {instead}"


@pytest.fixture
def compiled(tmp_path: Path, settings) -> Path:
    """The overlay alone in LOCALE_PATHS, compiled as a start compiles it."""
    for domain in DOMAINS:
        target = tmp_path / "id" / "LC_MESSAGES" / f"{domain}.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        compile_catalogue(OVERLAY / "id" / "LC_MESSAGES" / f"{domain}.po", target)
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


# id-id: what Wagtail calls Indonesian, should an account have it as its preferred language.
@pytest.mark.parametrize("language", ["id", "id-id"])
def test_the_overlay_wins_over_the_packages(compiled: Path, language: str) -> None:
    shown = DjangoTranslation(language)
    for key, entry in read_overlay().items():
        if key.domain != "django":
            continue
        (text,) = list_forms(entry)
        if key.context:
            assert shown.pgettext(key.context, key.msgid) == text
        else:
            assert shown.gettext(key.msgid) == text
        if entry.msgid_plural and not key.context:
            assert {shown.ngettext(key.msgid, entry.msgid_plural, n) for n in (0, 1, 7)} == {text}


def test_the_editor_scripts_get_the_overlay(compiled: Path, rf: RequestFactory) -> None:
    view = JSONCatalog.as_view(**js_catalog.view_initkwargs)
    with translation.override("id"):
        served = json.loads(view(rf.get("/")).content)["catalog"]
    for key, entry in read_overlay().items():
        if key.domain == "djangojs":
            (text,) = list_forms(entry)
            assert served[key.msgid] == ([text] if entry.msgid_plural else text)
