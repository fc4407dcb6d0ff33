"""Template tags of the design system: `{% load ui %}`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..icons import icon_names
from ..rules import dial_number, whatsapp_digits

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; hidden from screen readers unless it has a label.

    Raises `TemplateSyntaxError` when the sprite has no such icon.
    """
    if name not in icon_names():
        raise template.TemplateSyntaxError(f"The icon sprite has no {name!r}.")
    href = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" width="24" height="24" role="img" aria-label="{}">'
            '<use href="{}"></use></svg>',
            label,
            href,
        )
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true"><use href="{}"></use></svg>',
        href,
    )


@register.filter
def or_known_icon(name: str | None, fallback: str) -> str:
    """A name from data (an account, a file kind) if the sprite has it, else the fallback."""
    return name if name in icon_names() else fallback


@register.filter
def tel(number: str) -> str:
    """`(0293) 788-001` as the target of a `tel:` link."""
    return dial_number(number)


@register.filter
def whatsapp(number: str) -> str:
    """An Indonesian mobile number as wa.me wants it: digits with country code."""
    return whatsapp_digits(number)


@register.filter
def message_kind(level_tag: str) -> str:
    """The kind of notice (see message.html) for a level of Django's messages."""
    return {"success": "positive", "warning": "warning", "error": "negative"}.get(level_tag, "info")
