"""What no address may ask: a method the view does not take, what no database takes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch
from django.urls.converters import IntConverter
from django.utils.datastructures import MultiValueDictKeyError

logger = logging.getLogger(__name__)

# A value that no column takes, a field that a form lacks, a date or key that is none.
WRONG = (DataError, MultiValueDictKeyError, ProtectedError, ValidationError)
NUL = "\x00"
USUAL = ("GET", "HEAD", "OPTIONS", "POST")  # of a view that does not say what it takes
# What drivers and fields say of a value that is no number, fits no column or no text may hold.
REFUSED = (
    "too large to convert to SQLite", "cannot contain NUL", "embedded null",
    "expected a number but got",
)  # fmt: skip

# Numbers in addresses name rows: longer ones than any key name nothing, in Wagtail's addresses too.
IntConverter.regex = "[0-9]{1,18}"


class AddressMiddleware:
    """Answers 405 with what a view really takes, and 400 to what the database must never see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest()
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """The usual methods are the view's own to refuse, behind who may come to it at all."""
        if request.method in USUAL:
            return None
        allowed = methods_of(view)
        return None if request.method in allowed else HttpResponseNotAllowed(allowed)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponseBadRequest | None:
        """A net below the views of others, which hand what they are asked to the database, or
        take from a form what it does not hold."""
        is_theirs = (
            isinstance(error, WRONG)
            or _is_refused(error)
            or _leads_nowhere(request, error)
            or _lacks_field(request, error)
        )
        if not is_theirs:
            return None
        logger.warning("refused: %s", type(error).__name__, exc_info=True)
        return HttpResponseBadRequest()


def _is_refused(error: Exception) -> bool:
    if not isinstance(error, OverflowError | ValueError):
        return False
    return any(words in str(error) for words in REFUSED)


def _leads_nowhere(request: HttpRequest, error: Exception) -> bool:
    """Wagtail takes a `next` that is no address for the name of one."""
    asked = request.POST.get("next") or request.GET.get("next")
    return isinstance(error, NoReverseMatch) and bool(asked) and f"'{asked}'" in str(error)


def _lacks_field(request: HttpRequest, error: Exception) -> bool:
    """Wagtail takes for granted that its own forms send all their fields."""
    match = request.resolver_match
    is_wagtails = match is not None and match.func.__module__.startswith("wagtail.")
    is_missing = isinstance(error, AttributeError) and error.obj is None
    return request.method == "POST" and is_wagtails and is_missing


def methods_of(view: Callable[..., Any]) -> Sequence[str]:
    """The methods that a view takes: a class by its functions, a function by its decorator.

    `require_http_methods` and its kin keep their list in the function they make.
    """
    inner: Any = view
    while inner is not None:
        if hasattr(inner, "view_class"):
            made = inner.view_class(**getattr(inner, "view_initkwargs", {}))
            return sorted(made._allowed_methods())
        names = getattr(getattr(inner, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            cell = inner.__closure__[names.index("request_method_list")]
            return sorted(cell.cell_contents)
        inner = getattr(inner, "__wrapped__", None)
    return USUAL
