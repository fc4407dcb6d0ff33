"""A source for tests: things on a shelf, put there and taken away by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from zona.backstage.search import registry
from zona.backstage.search.actions import Followed, follow
from zona.backstage.search.queries import Results, search
from zona.backstage.search.registry import Draft, Source
from zona.offices.models import Office

TODAY = dt.date(2026, 11, 23)


class Shelf:
    """Drafts by key, in the order they were put there."""

    def __init__(self, name: str = "shelf") -> None:
        self.name, self.drafts = name, dict[str, Draft]()
        self.source = Source(name, self.list_keys, self.build, self.count, {"note": "Catatan"})

    def list_keys(self, after: str) -> Iterator[str]:
        return iter([key for key in sorted(self.drafts) if key > after])

    def build(self, keys: Sequence[str]) -> Iterator[Draft]:
        return iter([self.drafts[key] for key in keys if key in self.drafts])

    def count(self) -> int:
        return len(self.drafts)

    def put(self, key: str, title: str, text: str = "", **more: Any) -> Followed:
        office: Office | None = more.pop("office", None)
        more |= {"office_id": office.pk if office else None}
        more.setdefault("kind", "note")
        self.drafts[key] = Draft(key=key, title=title, text=text, url=f"/{key}/", **more)
        return follow(source=self.name, keys=[key])

    def take(self, key: str) -> Followed:
        del self.drafts[key]
        return follow(source=self.name, keys=[key])

    def register(self) -> None:
        registry.register_source(self.source)

    def unregister(self) -> None:
        registry._SOURCES.pop(self.name, None)


def titles(results: Results) -> list[str]:
    from zona.backstage.search.models import Entry

    names = dict(Entry.objects.values_list("pk", "title"))
    return [names[hit.id] for hit in results.hits]


def find(text: str, **more: Any) -> list[str]:
    """Titles of those with all the words."""
    results = search(text, today=TODAY, **more)
    return titles(results)[: results.whole]
