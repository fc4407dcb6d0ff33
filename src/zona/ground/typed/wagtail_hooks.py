"""The room's script, style and one address in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("typed/typed.css"))


@hooks.register("insert_global_admin_js")
def add_script() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("typed/typed.js"))
