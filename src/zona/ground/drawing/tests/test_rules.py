import io

import pytest
import resvg_py
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from zona.ground.drawing import lettering, rules

LETTERS = "".join(chr(code) for code in range(32, 0x180) if lettering.has_glyph(chr(code)))
SIZES = range(60, 33, -2)
WIDTH, HEIGHT = 520.0, 340.0
words = st.lists(st.text(LETTERS, min_size=1, max_size=40), max_size=40).map(" ".join)


def fit(text: str) -> rules.Fitted:
    return rules.fit(text, width=WIDTH, height=HEIGHT, sizes=SIZES, measure=lettering.measure)


@given(words)
@example("W" * 300)
@example("keterbukaan" * 30)
def test_no_line_is_wider_and_no_text_higher_than_the_box(text: str) -> None:
    fitted = fit(text)
    assert fitted.size in SIZES
    assert all(lettering.measure(line, fitted.size) <= WIDTH for line in fitted.lines)
    used = fitted.size * (1 + rules.LEADING * (len(fitted.lines) - 1))
    assert used <= HEIGHT + 1e-6


@given(words)
def test_nothing_is_lost_without_an_ellipsis(text: str) -> None:
    fitted = fit(text)
    said = "".join(fitted.lines).replace(" ", "")
    whole = "".join(text.split())
    if fitted.is_cut:
        assert said.endswith(rules.ELLIPSIS)
        assert whole.startswith(said.removesuffix(rules.ELLIPSIS))
    else:
        assert said == whole


@settings(max_examples=25, deadline=None)
@given(st.text(LETTERS.strip(), min_size=1, max_size=12), st.sampled_from(list(lettering.WEIGHTS)))
@example("(j[jf)ft?tjrtcf", "bold")
def test_letters_are_drawn_no_wider_than_measured(text: str, weight: str) -> None:
    """With the kerning that resvg applies and our measure does not know."""
    width = lettering.measure(text, 40, weight)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    png = resvg_py.svg_to_bytes(
        svg_string='<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="100">'
        f'<text x="100" y="60" font-family="Plus Jakarta Sans" font-size="40"'
        f' font-weight="{700 if weight == "bold" else 500}">{escaped}</text></svg>',
        skip_system_fonts=True,
        font_files=[str(path) for path in lettering.WEIGHTS.values()],
    )
    with Image.open(io.BytesIO(bytes(png))) as drawn:
        box = drawn.getchannel("A").getbbox()
    if box:
        overhang = 40 * 0.15  # a letter may lean out of its own advance
        assert box[0] >= 100 - overhang
        assert box[2] <= 100 + width + overhang


def test_lines_are_even() -> None:
    fitted = fit("Rapat pleno terbuka rekapitulasi daftar pemilih berkelanjutan triwulan kedua")
    widths = [lettering.measure(line, fitted.size) for line in fitted.lines]
    assert len(widths) > 1
    assert min(widths) > 0.5 * max(widths)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("Bimtek 😀 PPID", "Bimtek PPID"),
        ("ïnfo ﬁle ① 𝐁𝐨𝐥𝐝", "info file 1 Bold"),
        ("a\x00b\u200bc\n\td", "abc d"),
        ("漢字", ""),
        ("“Kirab”, 1–2 é…", "“Kirab”, 1–2 é…"),
    ],
)
def test_signs_that_the_letters_lack(given_text: str, kept: str) -> None:
    assert rules.clean(given_text, lettering.has_glyph) == kept
