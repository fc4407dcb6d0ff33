import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.ground.ui import rules

CHANNEL = st.integers(0, 255)
COLOURS = st.tuples(CHANNEL, CHANNEL, CHANNEL).map(rules.to_hex)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#777777", "#FFFFFF", 4.478),  # the well-known grey that just fails
        ("#767676", "#FFFFFF", 4.542),  # and the one that just passes
        ("#FF0000", "#FFFFFF", 3.998),
    ],
)
def test_contrast_ratio_of_known_pairs(one: str, other: str, ratio: float) -> None:
    assert rules.contrast_ratio(one, other) == pytest.approx(ratio, abs=0.001)


@given(COLOURS, COLOURS)
def test_contrast_is_symmetric_and_bounded(one: str, other: str) -> None:
    ratio = rules.contrast_ratio(one, other)
    assert 1 <= ratio <= 21.001
    assert ratio == rules.contrast_ratio(other, one)


@given(COLOURS)
def test_hex_round_trip(colour: str) -> None:
    assert rules.to_hex(rules.parse_hex(colour)) == colour
    assert rules.to_hex(rules.parse_hex(colour.lower().lstrip("#"))) == colour


@given(COLOURS)
def test_every_accent_leads_to_legible_tones(colour: str) -> None:
    accent = rules.check_accent(colour)
    for ground in (rules.LIGHT_PAPER, rules.LIGHT_SHEET):
        assert rules.contrast_ratio(accent.light, ground) >= rules.AA
    for ground in (rules.DARK_PAPER, rules.DARK_SHEET):
        assert rules.contrast_ratio(accent.dark, ground) >= rules.AAA


@given(COLOURS)
def test_a_usable_accent_is_left_alone(colour: str) -> None:
    accent = rules.check_accent(colour)
    assert accent.usable == (accent.ratio >= rules.AA) == (accent.light == colour)


@given(COLOURS)
def test_the_nearest_tone_is_not_darker_than_needed(colour: str) -> None:
    accent = rules.check_accent(colour)
    if not accent.usable:
        assert rules.contrast_ratio(accent.light, rules.LIGHT_SHEET) < rules.AA + 0.2


@given(COLOURS)
def test_accent_css_keeps_every_pair_of_both_themes_legible(colour: str) -> None:
    blocks = re.findall(r"\{((?:--[a-z-]+:#[0-9A-F]{6};?)+)\}", rules.accent_css(colour))
    assert len(blocks) == 3
    assert blocks[1] == blocks[2]
    inks = (("#1D1B19", blocks[0]), ("#F3EFEA", blocks[1]))
    for ink, block in inks:
        tokens = dict(pair.split(":") for pair in block.split(";"))
        assert set(tokens) == {"--accent", "--accent-strong", "--accent-soft", "--on-accent"}
        for ground in ("--accent", "--accent-strong"):
            assert rules.contrast_ratio(tokens["--on-accent"], tokens[ground]) >= rules.AA
        assert rules.contrast_ratio(ink, tokens["--accent-soft"]) >= rules.AAA
        assert rules.contrast_ratio(tokens["--accent"], tokens["--accent-soft"]) >= 3


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345", "#GGGGGG", "#fff;}body{", "#1234567"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(rules.InvalidColour):
        rules.accent_css(text)


def test_short_form() -> None:
    assert rules.check_accent(" #06c ").colour == "#0066CC"


@pytest.mark.parametrize(
    ("text", "number"),
    [("(0293) 788-001", "0293788001"), ("+62 293 788 001", "+62293788001"), ("", "")],
)
def test_dial_number(text: str, number: str) -> None:
    assert rules.dial_number(text) == number


@pytest.mark.parametrize(
    ("text", "digits"),
    [("0812-0000-1111", "6281200001111"), ("+62 812 0000 1111", "6281200001111")],
)
def test_whatsapp_digits(text: str, digits: str) -> None:
    assert rules.whatsapp_digits(text) == digits
