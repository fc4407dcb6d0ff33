"""Who answers for a page: the models name it, the views fill it in when the apps are ready.

So a model imports no view. A name is that of the screen, such as "home" or "list".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])

_views: dict[str, Callable[..., Any]] = {}


def screen(name: str) -> Callable[[View], View]:
    """Answer for a screen; a decorator."""

    def register(view: View) -> View:
        _views[name] = view
        return view

    return register


def show(name: str, request: HttpRequest, page: Any, **path: str) -> Any:
    """The answer of a screen for a page; `path`: the parts of the address below it."""
    return _views[name](request, page, **path)
