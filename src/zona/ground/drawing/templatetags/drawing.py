"""What the SVG templates of cards and icons are made with."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import drawing, lettering, rules

register = template.Library()


@register.simple_tag
def letters(
    text: str,
    *,
    x: float,
    y: float,
    width: float,
    height: float,
    largest: int,
    smallest: int,
    fill: str,
    weight: str = "bold",
    at: str = "top",
) -> SafeString:
    """The text in the box (px), as large as it fits; `at`: "top", "middle" or "bottom" of it."""
    fitted = rules.fit(
        rules.clean(text, lettering.has_glyph),
        width=width,
        height=height,
        sizes=range(largest, smallest - 1, -2),
        measure=lambda words, size: lettering.measure(words, size, weight),
    )
    step = fitted.size * rules.LEADING
    used = fitted.size + step * (len(fitted.lines) - 1)
    top = y + (height - used) * {"top": 0, "middle": 0.5, "bottom": 1}[at]
    lines = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        (
            (f"{x:g}", f"{top + fitted.size * 0.8 + step * number:.1f}", line)
            for number, line in enumerate(fitted.lines)
        ),
    )
    return format_html(
        '<g font-family="Plus Jakarta Sans" font-weight="{}" font-size="{}" fill="{}">{}</g>',
        700 if weight == "bold" else 500,
        fitted.size,
        fill,
        lines,
    )


@register.simple_tag(takes_context=True)
def photo(context: Context, *, x: int, y: int, width: int, height: int) -> SafeString | str:
    """The card's photo, cut to the box (px) around its focus; nothing where there is none."""
    name = context.get("photo_name")
    data = drawing.crop(name, width, height, context["focus"]) if name else ""
    return _image(data, x, y, width, height, "xMidYMid slice")


@register.simple_tag(takes_context=True)
def logo(context: Context, *, x: int, y: int, width: int, height: int) -> SafeString | str:
    """The office's logo, whole, at the left of the box (px); nothing where there is none."""
    name = context.get("logo_name")
    data = drawing.shrink(name, max(width, height) * 2) if name else ""
    return _image(data, x, y, width, height, context.get("logo_place") or "xMinYMid meet")


def _image(data: str, x: int, y: int, width: int, height: int, place: str) -> SafeString | str:
    if not data:
        return ""
    return format_html(
        '<image x="{}" y="{}" width="{}" height="{}" preserveAspectRatio="{}" href="{}"/>',
        x,
        y,
        width,
        height,
        place,
        data,
    )
