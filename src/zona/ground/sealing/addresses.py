"""Secrets that stand in addresses: `<secret:token>` in a pattern tells the whole house.

Importing this registers the converter. Whoever writes lines (`config.hiding`) asks which patterns
have one; a test finds a parameter that looks like a secret and is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, register_converter
from django.urls.converters import StringConverter
from django.urls.resolvers import RoutePattern

# What libraries call theirs; allauth and Wagtail do not know our converter.
THEIR_NAMES = frozenset({"token", "key", "uidb36", "uidb64"})


class SecretConverter(StringConverter):
    """One part of an address that nobody but its holder may read."""


register_converter(SecretConverter, "secret")


def walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its whole route."""
    for found in resolver.url_patterns:
        route = before + re.sub(r"^\^|\$$|\\Z$", "", str(found.pattern))
        if isinstance(found, URLResolver):
            yield from walk(found, route)
        else:
            yield route, found


def has_secret(pattern: URLPattern) -> bool:
    """Whether one of the pattern's own parameters is a secret."""
    own = pattern.pattern
    if isinstance(own, RoutePattern):
        kinds = own.converters
        return any(isinstance(kind, SecretConverter) for kind in kinds.values()) or not (
            THEIR_NAMES.isdisjoint(kinds)
        )
    return not THEIR_NAMES.isdisjoint(own.regex.groupindex)


def secret_prefixes(root: str | None = None) -> list[str]:
    """What stands before the secret in each address of `root` that has one: `tinjau/`."""
    routes = (route for route, pattern in walk(get_resolver(root)) if has_secret(pattern))
    return sorted({re.split(r"[<(]", route, maxsplit=1)[0] for route in routes})
