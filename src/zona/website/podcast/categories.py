"""Apple's categories of podcasts, which all directories use (data/podcast_categories.json)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).resolve().parent / "data" / "podcast_categories.json"
DEFAULT = "Government"


@cache
def read_categories() -> dict[str, str]:
    """{"Government" or "News/Politics": its Indonesian}."""
    return dict(json.loads(FILE.read_text("utf-8"))["categories"])


def list_choices() -> list[tuple[str, str]]:
    """For a field: Indonesian words in the Indonesian interface, Apple's own in the English."""
    found = read_categories()
    if get_language() == "en":
        return [(key, key.replace("/", " › ")) for key in found]
    return [(key, label.replace("/", " › ")) for key, label in found.items()]
