"""The room's place in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from zona.backstage.backoffice.guides import explain

from .staff import kinds  # noqa: F401  registers its screens
from .staff.hooks import approval, checking  # noqa: F401  register theirs

STYLES = ("newsroom/office.css", "newsroom/writing.css")
explain("kegiatan", "newsroom_staff:write", "newsroom_staff:roundup")
explain(
    "persetujuan",
    "newsroom_staff:ask",
    "newsroom_staff:review",
    "newsroom_staff:own_approvals",
    "newsroom_staff:approv",
)


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    paths = [(static(path),) for path in STYLES]
    return format_html_join("", '<link rel="stylesheet" href="{}">', paths)
