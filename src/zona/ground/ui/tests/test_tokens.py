"""The stylesheets as they are: contrast of every pair of tokens, and no rule nobody uses."""

import re
from pathlib import Path

import pytest

from zona.ground.ui import rules

ROOM = Path(__file__).parents[1]
CSS = ROOM / "static" / "ui" / "css"
BASE = (CSS / "base.css").read_text(encoding="utf-8")
COMPONENTS = (CSS / "components.css").read_text(encoding="utf-8")
TEMPLATES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (*(ROOM / "templates").rglob("*.html"), *(ROOM / "static").rglob("*.js"))
)  # what a script puts on the page counts as well

THEME = re.compile(r"color-scheme: (?:light|dark);(.*?)\}", re.DOTALL)
TOKEN = re.compile(r"(--[a-z-]+): (#[0-9A-F]{6});")
LIGHT, DARK, DARK_CHOSEN = (dict(TOKEN.findall(block)) for block in THEME.findall(BASE))

SURFACES = ("--paper", "--sheet")
READING = ("--ink", "--muted")
LABELS = (
    "--accent",
    "--accent-strong",
    "--positive",
    "--warning",
    "--negative",
    "--info",
)
PAIRS = [
    *((text, ground, rules.AAA) for text in READING for ground in SURFACES),
    *((text, ground, rules.AA) for text in LABELS for ground in SURFACES),
    ("--ink", "--accent-soft", rules.AAA),
    ("--on-ribbon", "--ribbon", rules.AAA),
    ("--on-accent", "--accent", rules.AA),
    ("--on-accent", "--accent-strong", rules.AA),
    ("--paper", "--negative", rules.AA),
    # marks and borders that carry meaning: WCAG 2.2, 1.4.11
    ("--edge", "--paper", 3),
    ("--edge", "--sheet", 3),
    ("--accent", "--accent-soft", 3),
    ("--gold", "--ribbon", 3),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_pair_is_legible(theme: dict[str, str], text: str, ground: str, least: float) -> None:
    assert rules.contrast_ratio(theme[text], theme[ground]) >= least


def test_every_text_colour_and_every_ground_is_among_the_tested_pairs() -> None:
    css = BASE + COMPONENTS
    texts = set(re.findall(r"[{;\s]color: var\((--[a-z-]+)\)", css))
    grounds = set(re.findall(r"background(?:-color)?: var\((--[a-z-]+)\)", css))
    assert texts <= {text for text, _, _ in PAIRS}
    # these are filled shapes without text on them
    shapes = {"--positive", "--line", "--gold"}
    assert grounds - shapes <= {ground for _, ground, _ in PAIRS}


STRONG = re.compile(r"(--[a-z-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\);")
CHOSEN, ASKED = (
    {name: values for name, *values in STRONG.findall(block)}
    for block in re.search(
        r'data-contrast="more"\](.*?)data-contrast="usual"\](.*?)html \{', BASE, re.DOTALL
    ).groups()  # type: ignore[union-attr]
)


@pytest.mark.parametrize(("theme", "base"), [(0, LIGHT), (1, DARK)], ids=["light", "dark"])
def test_high_contrast_is_legible_to_the_highest_level(theme: int, base: dict[str, str]) -> None:
    tokens = base | {name: values[theme] for name, values in CHOSEN.items()}
    for text, ground, least in PAIRS:
        found = rules.contrast_ratio(tokens[text], tokens[ground])
        wanted = rules.AAA if least >= rules.AA else 4.5  # marks: what text needs elsewhere
        if (text, ground) != ("--gold", "--ribbon"):
            assert found >= wanted, (text, ground, found)


def test_high_contrast_is_the_same_whoever_asks_for_it() -> None:
    assert CHOSEN
    assert CHOSEN == ASKED


def test_both_dark_blocks_say_the_same() -> None:
    assert DARK == DARK_CHOSEN
    assert DARK.keys() == LIGHT.keys()


def test_the_rules_know_the_surfaces() -> None:
    assert (LIGHT["--paper"], LIGHT["--sheet"]) == (rules.LIGHT_PAPER, rules.LIGHT_SHEET)
    assert (DARK["--paper"], DARK["--sheet"]) == (rules.DARK_PAPER, rules.DARK_SHEET)


def test_every_variable_used_is_defined() -> None:
    css = BASE + COMPONENTS
    defined = set(re.findall(r"^\s+(--[a-z0-9-]+):", css, re.MULTILINE))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", css)) <= defined


def test_components_take_their_colours_from_tokens() -> None:
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", COMPONENTS)) <= {"#000"}  # behind a video


def test_no_rule_without_a_template() -> None:
    """Classes whose end a template fills in (`ui-message--{{ kind }}`) count by their beginning."""
    begun = tuple(re.findall(r"(ui-[a-z_-]+--|ui-timeline__)\{\{", TEMPLATES))
    named = set(re.findall(r"\.(ui-[a-z_]+(?:-[a-z_]+)*(?:--[a-z]+)?)", COMPONENTS))
    unused = {
        name
        for name in named
        if not name.startswith(begun) and not re.search(rf"\b{name}(?![\w-])", TEMPLATES)
    }
    assert not unused
