"""How both databases are asked: the same steps, each with its own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import log
from typing import Any, NamedTuple

from django.db import connection

from ..rules.asking import Term
from .base import EXPIRED, FRESH, RECENT, RECENT_YEARS, Ask, Hit

# From so many entries on, a measure of words says little and costs much: what has all words in
# its title comes first, then the rest, the newest of both before the others.
WIDE = 2_000
# Of the entries with one of several words so many are looked at, those indexed last.
LOOKED_AT = 3_000
YEARS_BACK = 12  # looked for one by one when the newest of many are wanted

HIT = "SELECT e.id, e.kind, e.office_id, e.rubric, e.year"
FACTORS = f"""e.boost
    * CASE WHEN e.valid_until < %s THEN {EXPIRED} ELSE 1.0 END
    * CASE WHEN e.year >= %s THEN {FRESH} WHEN e.year >= %s THEN {RECENT} ELSE 1.0 END"""
BY_DATE = "CASE WHEN e.date IS NULL THEN 1 ELSE 0 END, e.date DESC, e.id DESC"


class Match(NamedTuple):
    """What entries are matched with, and whether in their titles alone."""

    text: str
    titles_only: bool = False


class DatabaseEngine:
    """Subclasses write the statements: each takes the text of a match as its first value."""

    # SQL of FROM and WHERE with entries as `e`, and a place for the match; then for titles alone.
    found = ("", "")
    matched = ("", "")  # the same without the other columns of entries
    key = ""  # an entry's key in `matched`

    def write(self, terms: tuple[Term, ...], scopes: tuple[str, ...], titles_only: bool) -> str:
        """What entries are matched with: all terms, within all scopes."""
        raise NotImplementedError

    def match(self, ask: Ask, *, titles_only: bool = False) -> Match:
        return Match(self.write(ask.terms, ask.scopes, titles_only), titles_only)

    def rank(self, ask: Ask) -> tuple[str, list[Any]]:
        """SQL of an entry's rank, the higher the better, and its values."""
        raise NotImplementedError

    def find(self, ask: Ask, limit: int) -> list[Hit]:
        match = self.match(ask, titles_only=ask.titles_only)
        is_wide = self._is_wide(match)
        if is_wide and ask.titles_only:
            return self._list(match, "e.id DESC", [], limit)
        if is_wide and ask.newest:
            return self._newest(ask, match, limit)
        if is_wide:
            titles = self.match(ask, titles_only=True)
            if self._is_wide(titles):
                return self._newest(ask, titles, limit)
            hits = self._list(titles, BY_DATE, [], limit)
            if len(hits) < limit:
                seen = {hit.id for hit in hits}
                others = self._newest(ask, match, limit)
                hits += [hit for hit in others if hit.id not in seen]
            return hits[:limit]
        if ask.newest:
            return self._list(match, BY_DATE, [], limit)
        rank, values = self.rank(ask)
        since = [ask.today.isoformat(), ask.today.year, ask.today.year - RECENT_YEARS]
        return self._list(match, f"{rank} * {FACTORS} DESC, e.id DESC", [*values, *since], limit)

    def find_some(self, ask: Ask, least: int, limit: int) -> list[Hit]:
        """Entries with at least `least` of the terms; what is rarer counts more."""
        found: dict[int, tuple[int, float]] = {}
        for term in ask.terms:
            keys = self._keys(self.match(replace(ask, terms=(term,))))
            weight = 1 / log(2 + len(keys))
            for key in keys:
                count, score = found.get(key, (0, 0.0))
                found[key] = count + 1, score + weight
        ranked = sorted(
            ((score, key) for key, (count, score) in found.items() if count >= least), reverse=True
        )
        return self._by_key([key for _, key in ranked[:limit]])

    def _newest(self, ask: Ask, match: Match, limit: int) -> list[Hit]:
        """Of very many: year by year backwards, until there are enough."""
        hits: list[Hit] = []
        for year in range(ask.today.year, ask.today.year - YEARS_BACK, -1):
            within = match._replace(text=self.add_scope(match.text, f"y{year}"))
            hits += self._list(within, BY_DATE, [], limit - len(hits))
            if len(hits) >= limit:
                return hits
        seen = {hit.id for hit in hits}
        rest = self._list(match, BY_DATE, [], limit)
        return (hits + [hit for hit in rest if hit.id not in seen])[:limit]

    def add_scope(self, match: str, scope: str) -> str:
        raise NotImplementedError

    def _list(self, match: Match, order: str, values: list[Any], limit: int) -> list[Hit]:
        return list(self._run(f"{HIT} {self.found[match.titles_only]} ORDER BY {order} LIMIT %s",
                              [match.text, *values, limit]))  # fmt: skip

    def _by_key(self, keys: list[int]) -> list[Hit]:
        if not keys:
            return []
        places = ", ".join(["%s"] * len(keys))
        rows = self._run(f"{HIT} FROM search_entry e WHERE e.id IN ({places})", list(keys))
        hits = {hit.id: hit for hit in rows}
        return [hits[key] for key in keys if key in hits]

    def _keys(self, match: Match) -> list[int]:
        statement = (
            f"SELECT {self.key} {self.matched[match.titles_only]} ORDER BY {self.key} DESC LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [match.text, LOOKED_AT])
            return [key for (key,) in cursor.fetchall()]

    def _run(self, statement: str, values: list[Any]) -> Iterator[Hit]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            yield from [Hit(*row) for row in cursor.fetchall()]

    def _is_wide(self, match: Match) -> bool:
        statement = (
            f"SELECT count(*) FROM (SELECT 1 {self.matched[match.titles_only]} LIMIT %s) AS found"  # noqa: S608
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [match.text, WIDE])
            return bool(cursor.fetchone()[0] == WIDE)
