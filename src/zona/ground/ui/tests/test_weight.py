"""First visit to the home page: 100 KB without photos (DESIGN), of which this room takes half."""

import gzip
from pathlib import Path

from django.template.loader import render_to_string

from zona.ground.ui.gallery.components import page_of

STATIC = Path(__file__).parents[1] / "static" / "ui"
TEXTS = (
    "css/base.css",
    "css/components.css",
    "icons.svg",
    "icon.svg",
    "js/page.js",
    "js/comfort.js",
)


def test_first_visit_without_photos_is_light(settings: object) -> None:
    settings.ROOT_URLCONF = "zona.ground.ui.tests.urls"  # type: ignore[attr-defined]
    page = len(gzip.compress(render_to_string(*page_of("home")).encode()))
    texts = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in TEXTS)
    font = (STATIC / "fonts" / "plus-jakarta-sans.woff2").stat().st_size
    assert page + texts + font <= 50_000
