"""Laws of the house that no other tool checks: sizes, names, what a page may load, documentation.

The floors and the purity of rules are import contracts in pyproject.toml.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps

from zona.config.environment import REPOSITORY, VARIABLES

PACKAGE = REPOSITORY / "src" / "zona"
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "core", "manager", "managers"}
DATA_BLOCKS = {"application/ld+json", "application/json"}  # scripts that no browser runs
TEXT = {".py", ".html", ".txt", ".xml", ".css", ".js", ".svg", ".md", ".toml", ".po", ".in", ""}
# An address counts as fetched where a browser or a style sheet would load it by itself.
FETCHED = re.compile(
    r"""(?:\bsrc(?:set)?|\bposter|\bdata)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//"""
    r"""|<link\b[^>]*\bhref\s*=\s*["']?(?:https?:)?//"""
    r"""|\bfrom\s+["']https?://|\bimport\(\s*["']https?://|\bfetch\(\s*["'`]https?://""",
    re.IGNORECASE,
)
# Folders that only exist on somebody's own machine; /home/ alone is a path of addresses as well.
OWN_MACHINE = re.compile(r"(?<![\w.])/(?:Users|root|work|home/[a-z]\w*)/[\w.]")


def list_files(pattern: str, *, tests: bool = False) -> list[Path]:
    return sorted(
        path
        for path in PACKAGE.rglob(pattern)
        if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    )


def list_rooms() -> list[Path]:
    return sorted(Path(app.path) for app in apps.get_app_configs() if app.name.startswith("zona."))


def name_of(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def count_lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def too_long(paths: list[Path], limit: int) -> dict[str, int]:
    return {name_of(p): lines for p in paths if (lines := count_lines(p)) > limit}


MODULES = list_files("*.py", tests=True)
TEMPLATES = [p for p in list_files("*.html") if "templates" in p.parts]
SCRIPTS = [p for p in list_files("*.js") if "static" in p.parts]
STYLES = [p for p in list_files("*.css") if "static" in p.parts]


def test_there_is_something_to_check() -> None:
    assert min(len(MODULES), len(TEMPLATES), len(SCRIPTS), len(STYLES), len(list_rooms())) > 0


def test_modules_are_short() -> None:
    assert not too_long([*MODULES, *sorted((REPOSITORY / "tests").rglob("*.py"))], 400)


def test_templates_and_scripts_are_short() -> None:
    assert not too_long([*TEMPLATES, *SCRIPTS], 150)


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [name_of(p) for p in PACKAGE.rglob("*") if p.stem in VAGUE and "static" not in p.parts]
    assert not vague


# What a folder by this name would hold: `actions/approval.py`, never `approval_actions.py`.
NOUNS = "actions|forms|hooks|models|policies|queries|receivers|todos|urls|verbs|views"
BY_PREFIX = re.compile(rf"(?:{NOUNS}|checks|rules|tasks)_\w+|\w+_(?:{NOUNS})")
OF_LIBRARIES = {"wagtail_hooks.py"}
MOST_FLAT = 15  # modules in one folder; more ask for folders by noun


def test_a_prefix_is_a_folder_that_was_not_made() -> None:
    assert not [
        name_of(path)
        for path in list_files("*.py")
        if BY_PREFIX.fullmatch(path.stem) and path.name not in OF_LIBRARIES
    ]


def test_folders_are_not_flat() -> None:
    folders = Counter(path.parent for path in list_files("*.py") if path.name != "__init__.py")
    assert not {name_of(path): count for path, count in folders.items() if count > MOST_FLAT}


def test_every_folder_is_a_floor_or_stands_on_one() -> None:
    """`ls src/zona` is the map of the house (docs/house.md)."""
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    floors = {"ground", "offices", "backstage", "website", "bakohumas", "serving", "config"}
    assert folders == floors | {"operations", "tests"}


def test_every_room_has_its_door_and_its_tests() -> None:
    missing = [
        f"{name_of(room)}: {what}"
        for room in list_rooms()
        for what in ("apps.py", "tests/__init__.py", "tests/test_*.py")
        if not list(room.glob(what))
    ]
    assert not missing


def test_every_room_names_its_templates_and_files_after_itself() -> None:
    """Only the error pages, which Django looks for by name, stand outside; and what a room
    replaces of a library carries the library's name."""
    replaced = {"account", "mfa", "usersessions", "allauth", "wagtailadmin", "wagtailusers"}
    astray = [
        name_of(path)
        for room in list_rooms()
        for kind in ("templates", "static")
        for path in (room / kind).glob("*")
        if path.name not in {room.name, *replaced}
        and not re.fullmatch(r"\d{3}\w*\.html", path.name)
    ]
    assert not astray


def test_staff_screens_stand_on_the_back_office() -> None:
    """So a new look of it is made in one place; only the editor's own pages are Wagtail's."""
    own = PACKAGE / "backstage" / "backoffice"
    editors = {"wagtailadmin/pages/create.html", "wagtailadmin/admin_base.html"}  # no menu: a wall
    astray = [
        name_of(path)
        for path in TEMPLATES
        if not path.is_relative_to(own)
        for parent in re.findall(r"{% extends \"(wagtailadmin/[^\"]+)\"", path.read_text())
        if parent not in editors
    ]
    assert not astray


class Inline(HTMLParser):
    """Finds what a strict content policy refuses: scripts and styles inside the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        place = f"line {self.getpos()[0]}: <{tag}>"
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS
        ):
            self.found.append(place)
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"{place} {name}")
            if (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{place} {value}")


def find_inline(text: str) -> list[str]:
    # Template tags go first: they may stand inside tags and attributes and hold quotes.
    reader = Inline()
    reader.feed(re.sub(r"{%.*?%}|{#.*?#}|{{.*?}}", lambda m: "\n" * m[0].count("\n"), text))
    return reader.found


@pytest.mark.parametrize(
    "text",
    [
        "<p style='color: red'>",
        "<style>p {}</style>",
        '<script type="module">run()</script>',
        '<button {% if a == "b" %}hidden{% endif %} onclick="run()">',
        '<a href="javascript:run()">',
    ],
)
def test_the_search_for_inline_code_finds(text: str) -> None:
    assert find_inline(text)


def test_templates_hold_no_inline_script_or_style() -> None:
    found = {name_of(p): places for p in TEMPLATES if (places := find_inline(p.read_text()))}
    assert not found


def test_nothing_is_fetched_from_elsewhere() -> None:
    found = [
        f"{name_of(path)}: {match[0]}"
        for path in [*TEMPLATES, *SCRIPTS, *STYLES, *list_files("*.svg")]
        for match in FETCHED.finditer(path.read_text())
    ]
    assert not found


def test_every_variable_is_documented() -> None:
    known = {variable.name for variable in VARIABLES}
    page = (REPOSITORY / "docs" / "configuration.md").read_text()
    assert not {name for name in known if f"`{name}`" not in page}
    said = {
        (name_of(path), name)
        for path in list_texts()
        if "tests" not in path.parts
        for name in re.findall(r"\bZONA_[A-Z][A-Z_]*[A-Z]\b", path.read_text())
        if name not in known
    }
    assert not said, "used or written about, but not declared in zona/config/environment.py"


def list_texts() -> Iterator[Path]:
    """Our own text files, all that a clone holds."""
    for folder in ("src", "tests", "docs", "requirements", ".ci"):
        for path in sorted((REPOSITORY / folder).rglob("*")):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path
    for name in ("zona", "conftest.py", "pyproject.toml", "README.md", ".gitignore"):
        if (REPOSITORY / name).is_file():
            yield REPOSITORY / name


def test_no_path_of_somebodys_machine() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in list_texts()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if OWN_MACHINE.search(line)
    ]
    assert not found


# What may be lost when a process dies between commit and callback, and why.
MAY_BE_LOST = {
    "backstage/search/index/sending.py": "a poke: what stays noted the clock sends",
    "serving/changes.py": "kept pages of this process; others read the table of changes",
    "backstage/media/actions/uploads.py": "a part file without a row: swept away",
    "backstage/media/actions/recordings.py": "a part file without a row: swept away",
    "config/jobs_at_commit.py": "the queue of tests",
}


def test_work_that_must_happen_is_queued_with_its_cause() -> None:
    """A death between commit and `on_commit` loses the callback for ever: call the task's
    `enqueue`, whose row is committed with the change, or write what follows at once."""
    found = {
        str(path.relative_to(PACKAGE))
        for path in list_files("*.py")
        if re.search(r"\bon_commit\(", path.read_text())
    }
    assert found == set(MAY_BE_LOST), "argue for a new one here, and take out what is gone"
