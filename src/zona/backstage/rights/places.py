"""Where the pages of an office stand in the tree. The room that has the tree says so.

Rights on pages lie on an office's home, or on the directory page above many offices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings

from zona.offices.models import Office


@dataclass(frozen=True)
class Places:
    home_of: Callable[[Office], Any]
    """The office's home page, or None."""
    directory_of: Callable[[Office], Any]
    """The page that stands above all offices below this one, or None."""


_places: list[Places] = []


def page_model() -> Any:
    """The model of all pages, which stands on a higher floor."""
    return apps.get_model(settings.WAGTAIL_PAGE_MODEL)


def register_places(places: Places) -> None:
    """Called when the apps are ready."""
    _places[:] = [places]


def home_of(office: Office) -> Any:
    return _places[0].home_of(office) if _places else None


def directory_of(office: Office) -> Any:
    return _places[0].directory_of(office) if _places else None
