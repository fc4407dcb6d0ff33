"""Colour arithmetic of the design system, and numbers one can dial. Pure: plain values only."""

import re
from dataclasses import dataclass
from math import cbrt

AA = 4.5
"""Least contrast of ordinary text (WCAG 2.2, 1.4.3)."""
AAA = 7.0
"""Least contrast of reading text (WCAG 2.2, 1.4.6)."""

LIGHT_PAPER, LIGHT_SHEET = "#FFFFFF", "#FAF8F5"
DARK_PAPER, DARK_SHEET = "#161412", "#1F1C19"
"""The surfaces of `static/ui/css/base.css`; a test holds them equal."""

_SOFT_LIGHT, _SOFT_DARK = 0.08, 0.16
_STEP = 0.002
_CALM = 0.8  # share of the colour's strength kept when it is lightened: neon tires the eye
_HEX = re.compile(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


class InvalidColour(ValueError):
    """The text is not a colour of the form #RGB or #RRGGBB."""


@dataclass(frozen=True, slots=True)
class Accent:
    """What became of a colour an office asked for.

    `usable` says whether it can stand as it is on both light surfaces; `ratio` is its worst
    contrast there (1 to 21); `light` and `dark` are the nearest tones that can be used in each
    theme, `light` being the colour itself when usable.
    """

    colour: str
    usable: bool
    ratio: float
    light: str
    dark: str


def parse_hex(colour: str) -> tuple[int, int, int]:
    """Red, green, blue (0-255). Raises `InvalidColour`."""
    match = _HEX.fullmatch(colour.strip())
    if match is None:
        raise InvalidColour(colour)
    digits = match[1]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def to_hex(rgb: tuple[int, int, int]) -> str:
    """`#RRGGBB` in capitals."""
    return "#{:02X}{:02X}{:02X}".format(*rgb)


def relative_luminance(colour: str) -> float:
    """0 (black) to 1 (white), as WCAG 2.2 defines "relative luminance"."""
    red, green, blue = (_linear(channel / 255) for channel in parse_hex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """1 to 21, as WCAG 2.2 defines "contrast ratio"; the order does not matter."""
    lighter, darker = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, ground: str, share: float) -> str:
    """`share` (0-1) of a colour laid over a ground, channel by channel."""
    pairs = zip(parse_hex(colour), parse_hex(ground), strict=True)
    red, green, blue = (round(top * share + below * (1 - share)) for top, below in pairs)
    return to_hex((red, green, blue))


def check_accent(colour: str) -> Accent:
    """Whether a colour can be an office's accent, and the nearest tones that can.

    In the light theme the accent carries text on paper and sheet, and paper-coloured text on
    buttons: at least 4.5. In the dark theme, where it is a light tone, 7. Raises `InvalidColour`.
    """
    colour = to_hex(parse_hex(colour))
    light = _nearest(colour, -_STEP, (LIGHT_PAPER, LIGHT_SHEET), AA, 1)
    dark = _nearest(colour, _STEP, (DARK_PAPER, DARK_SHEET), AAA, _CALM)
    ratio = _worst(colour, (LIGHT_PAPER, LIGHT_SHEET))
    return Accent(colour, ratio >= AA, ratio, light, dark)


def accent_css(colour: str) -> str:
    """The stylesheet that gives an office its accent in both themes. Raises `InvalidColour`."""
    accent = check_accent(colour)
    light = _properties(accent.light, LIGHT_PAPER, _SOFT_LIGHT, -0.07)
    dark = _properties(accent.dark, DARK_PAPER, _SOFT_DARK, 0.06)
    return (
        "@layer tokens{"
        f":root{{{light}}}"
        "@media screen and (prefers-color-scheme:dark)"
        f'{{:root:not([data-theme="light"]){{{dark}}}}}'
        f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}'
        "}\n"
    )


def dial_number(text: str) -> str:
    """What a telephone dials: digits, with a leading + where there was one."""
    return ("+" if text.strip().startswith("+") else "") + re.sub(r"\D", "", text)


def whatsapp_digits(text: str) -> str:
    """International digits; a leading 0 is Indonesia's (62)."""
    digits = re.sub(r"\D", "", text)
    return "62" + digits[1:] if digits.startswith("0") else digits


def _properties(accent: str, paper: str, soft_share: float, strong_shift: float) -> str:
    lightness, a, b = _oklab(accent)
    strong = _from_oklab(lightness + strong_shift, a, b)
    soft = mix(accent, paper, soft_share)
    return f"--accent:{accent};--accent-strong:{strong};--accent-soft:{soft};--on-accent:{paper}"


def _nearest(
    colour: str, step: float, grounds: tuple[str, ...], least: float, strength: float
) -> str:
    """The first tone of the same hue, going darker or lighter, that is legible on all grounds."""
    lightness, a, b = _oklab(colour)
    tone = colour
    while _worst(tone, grounds) < least:
        lightness += step
        tone = _from_oklab(lightness, a * strength, b * strength)
    return tone


def _worst(tone: str, grounds: tuple[str, ...]) -> float:
    return min(contrast_ratio(tone, ground) for ground in grounds)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _oklab(colour: str) -> tuple[float, float, float]:
    """Lightness 0-1 and two hue axes: OKLab, https://bottosson.github.io/posts/oklab/."""
    r, g, b = (_linear(channel / 255) for channel in parse_hex(colour))
    long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> str:
    """The colour of that lightness and hue, as strong as sRGB can show it."""
    for fade in range(51):
        keep = 1 - fade / 50
        channels = _oklab_channels(min(max(lightness, 0), 1), a * keep, b * keep)
        if all(-0.0005 <= channel <= 1.0005 for channel in channels):
            break
    red, green, blue = (round(255 * _gamma(min(max(channel, 0), 1))) for channel in channels)
    return to_hex((red, green, blue))


def _oklab_channels(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
