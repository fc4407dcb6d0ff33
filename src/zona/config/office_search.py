"""The back office's own search: the database's, with what a person types taken for words.

Full-text search has signs of its own, which Wagtail hands on as typed: a quotation mark that is not
closed yet, as a search while one types sends it, was an error of the database.
"""

from __future__ import annotations

from typing import Any

from modelsearch.backends.database import SearchBackend as choose_backend
from modelsearch.query import MATCH_NONE

SIGNS = str.maketrans(dict.fromkeys('"\0', " "))


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend of the database in use."""
    backend = choose_backend(params)
    search, autocomplete = backend.search, backend.autocomplete

    def clean(query: Any) -> Any:
        if not isinstance(query, str):
            return query
        return query.translate(SIGNS).strip() or MATCH_NONE

    backend.search = lambda query, *rest, **named: search(clean(query), *rest, **named)
    backend.autocomplete = lambda query, *rest, **named: autocomplete(clean(query), *rest, **named)
    return backend
