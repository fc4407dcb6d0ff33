"""The room's place in the back office."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from zona.website.showcase.desk.guides import explain

explain(
    "papan-pekan", "newsroom:own_agenda", "newsroom:agenda", "newsroom:event", "newsroom:import"
)
explain("kegiatan", "newsroom:write", "newsroom:own_tasks", "newsroom:tasks", "newsroom:roundup")
explain(
    "persetujuan", "newsroom:ask", "newsroom:review", "newsroom:own_approvals", "newsroom:approv"
)
explain(
    "angka",
    "newsroom:own_freshness",
    "newsroom:freshness",
    "newsroom:coverage",
    "newsroom:periodic",
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("", include("zona.bakohumas.newsroom.desk_urls"))]


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/office.css"))


from . import (  # noqa: E402, F401  register their parts' hooks
    hooks_agenda,
    hooks_approval,
    hooks_checking,
    hooks_numbers,
    hooks_writing,
)
