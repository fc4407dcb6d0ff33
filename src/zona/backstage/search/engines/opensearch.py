"""Search by OpenSearch through modelsearch, when ZONA_SEARCH_URL names a server.

modelsearch makes the index, its mapping and its documents; the query is ours, so that it means the
same as in the databases.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from django.conf import settings

from ..models import Entry
from ..rules.asking import Phrase, Term
from .base import EXPIRED, FRESH, RECENT, RECENT_YEARS, Ask, EngineUnavailable, Hit

T = TypeVar("T")
TIMEOUT = 2  # seconds that a search or a publish waits at most
PAUSE = 15.0  # seconds without another try after one that failed
RAW, STEM = ["title^12", "text^3"], ["title_stem^4", "text_stem"]
FIELDS = ["kind_filter", "office_id_filter", "rubric_filter", "year_filter"]
# Words as rules/words.py makes them.
SETTINGS = {
    "settings": {
        "analysis": {
            "tokenizer": {"words": {"type": "pattern", "pattern": r"[^\p{L}\p{N}]+"}},
            "analyzer": {
                "default": {
                    "type": "custom",
                    "tokenizer": "words",
                    "filter": ["lowercase", "asciifolding"],
                }
            },
        }
    }
}


class OpensearchEngine:
    """One server; after a failure it is left alone for a while."""

    def __init__(self, url: str) -> None:
        from modelsearch.backends.opensearch3 import OpenSearch3SearchBackend

        options = {"max_retries": 0, "retry_on_timeout": False}
        self.backend = OpenSearch3SearchBackend(
            {
                "URLS": [url],
                "INDEX_PREFIX": "zona_",
                "TIMEOUT": TIMEOUT,
                "INDEX_SETTINGS": SETTINGS,
                "OPTIONS": options,
            }
        )
        self.index = self.backend.get_index_for_model(Entry)
        self.closed_until = 0.0
        self.was_built = False

    def find(self, ask: Ask, limit: int) -> list[Hit]:
        return self._search(write_body(ask, len(ask.terms), limit))

    def find_some(self, ask: Ask, least: int, limit: int) -> list[Hit]:
        return self._search(write_body(ask, least, limit))

    def _search(self, body: dict[str, Any]) -> list[Hit]:
        answer = self.attempt(lambda: self.backend.es.search(index=self.index.name, body=body))
        return [_read_hit(hit) for hit in answer["hits"]["hits"]]

    def exists(self) -> bool:
        """Whether it has an index. Raises EngineUnavailable."""
        return bool(self.attempt(self.index.is_alias))

    def write(self, entries: list[Entry], removed: Collection[int]) -> None:
        """Put entries in and take others out, to be seen at once. Raises EngineUnavailable."""
        if not entries and not removed:
            return

        def change() -> None:
            if not self.was_built and not self.index.is_alias():
                raise EngineUnavailable("its index is not made yet")
            self.was_built = True
            if entries:
                self.index.add_items(Entry, entries)
            for pk in removed:
                self.index.delete_item(Entry(pk=pk))
            self.index.refresh()

        self.attempt(change)

    @contextmanager
    def exchange(self) -> Iterator[Any]:
        """A new index to be filled by `add`; takes the old one's place when all went well."""
        rebuilder = self.backend.rebuilder_class(self.index)
        fresh = self.attempt(rebuilder.start)
        self.attempt(lambda: fresh.add_model(Entry))
        try:
            yield _Fresh(self, fresh)
        except BaseException:
            fresh.delete()
            raise
        self.attempt(rebuilder.finish)
        self.was_built = True

    def attempt(self, act: Callable[[], T]) -> T:
        """What `act` gives. Raises EngineUnavailable; asks nothing soon after a failure."""
        from opensearchpy.exceptions import OpenSearchException

        if time.monotonic() < self.closed_until:
            raise EngineUnavailable("it failed a moment ago")
        try:
            return act()
        except OpenSearchException as error:
            self.closed_until = time.monotonic() + PAUSE
            raise EngineUnavailable(str(error)[:200]) from error


class _Fresh:
    def __init__(self, engine: OpensearchEngine, index: Any) -> None:
        self.engine, self.index = engine, index

    def add(self, entries: list[Entry]) -> None:
        self.engine.attempt(lambda: self.index.add_items(Entry, entries))


@cache
def _engine_for(url: str) -> OpensearchEngine:
    return OpensearchEngine(url)


def get_engine() -> OpensearchEngine:
    """The engine for the address in force; one a process keeps its connections."""
    return _engine_for(settings.ENV.search_url)


def _read_hit(hit: dict[str, Any]) -> Hit:
    fields = hit.get("fields", {})
    kind, office, rubric, year = (fields.get(name, [None])[0] for name in FIELDS)
    return Hit(
        int(hit["_id"]),
        kind or "",
        int(office) if office is not None else None,
        rubric or "",
        int(year) if year is not None else None,
    )


def write_body(ask: Ask, least: int, limit: int) -> dict[str, Any]:
    """The request of `_search`."""
    terms = [_write_term(term, ask.titles_only) for term in ask.terms]
    scopes = [{"term": {"scopes_filter": scope}} for scope in ask.scopes]
    wanted: dict[str, Any] = {
        "bool": {"should": terms, "minimum_should_match": least, "filter": scopes}
    }
    body: dict[str, Any] = {
        "size": limit,
        "_source": False,
        "docvalue_fields": FIELDS,
        "track_total_hits": False,
    }
    if ask.newest:
        order = [{"date_filter": {"order": "desc", "missing": "_last"}}, {"pk": "desc"}]
        return body | {"query": wanted, "sort": order}
    return body | {
        "query": {
            "function_score": {
                "query": wanted,
                "functions": _factors(ask),
                "score_mode": "multiply",
                "boost_mode": "multiply",
            }
        }
    }


def _factors(ask: Ask) -> list[dict[str, Any]]:
    year = ask.today.year
    expired = {"valid_until_filter": {"lt": ask.today.isoformat()}}
    recent = {"year_filter": {"gte": year - RECENT_YEARS, "lt": year}}
    return [
        {"field_value_factor": {"field": "boost_filter", "missing": 1.0}},
        {"filter": {"range": expired}, "weight": EXPIRED},
        {"filter": {"range": {"year_filter": {"gte": year}}}, "weight": FRESH},
        {"filter": {"range": recent}, "weight": RECENT},
    ]


def _write_term(term: Term, titles_only: bool) -> dict[str, Any]:
    raw, stem = (RAW[:1], STEM[:1]) if titles_only else (RAW, STEM)
    ways = [way for phrase in term.phrases for way in _write_phrase(phrase, raw, stem)]
    return {"bool": {"should": ways, "minimum_should_match": 1}}


def _write_phrase(phrase: Phrase, raw: list[str], stem: list[str]) -> Iterator[dict[str, Any]]:
    if phrase.is_apart:
        found, fields = (phrase.stems, stem) if phrase.stems else (phrase.raws, raw)
        yield {"bool": {"must": [_match(word, fields) for word in dict.fromkeys(found)]}}
        return
    if phrase.raws:
        how = "phrase_prefix" if phrase.is_prefix else "phrase"
        yield _match(" ".join(phrase.raws), raw, how)
    if phrase.stems and not phrase.is_prefix:
        yield _match(" ".join(phrase.stems), stem)


def _match(text: str, fields: list[str], how: str = "phrase") -> dict[str, Any]:
    return {"multi_match": {"query": text, "type": how, "fields": fields}}
