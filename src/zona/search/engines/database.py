"""How both databases are asked: the same steps, each with its own words."""

from __future__ import annotations

from django.db import connection

from .base import CAP, EXPIRED, FRESH, RECENT, RECENT_YEARS, Ask, Hit

# From so many entries on, ranking them all takes longer than a person should wait. Then those with
# all words in their titles are ranked alone, when these are already more than can be shown.
WIDE = 2_000

HIT = "SELECT e.id, e.kind, e.office_id, e.rubric, e.year"
FACTORS = f"""e.boost
    * CASE WHEN e.valid_until < %s THEN {EXPIRED} ELSE 1.0 END
    * CASE WHEN e.year >= %s THEN {FRESH} WHEN e.year >= %s THEN {RECENT} ELSE 1.0 END"""


class DatabaseEngine:
    """Subclasses write the statements: each takes what `write` gave as its first value."""

    rank_by = ""  # SQL of an entry's rank, the higher the better
    found = ""  # SQL of FROM and WHERE, with a place for the match

    def write(self, ask: Ask, *, titles_only: bool) -> str:
        """What entries are matched with."""
        raise NotImplementedError

    def rank_values(self, ask: Ask) -> list[object]:
        """Values for `rank_by`."""
        return []

    def find(self, ask: Ask, limit: int) -> list[Hit]:
        match = self.write(ask, titles_only=ask.titles_only)
        if ask.newest:
            order = "CASE WHEN e.date IS NULL THEN 1 ELSE 0 END, e.date DESC, e.id DESC"
            return self._list(match, order, [], limit)
        if self._has(match, WIDE):
            if ask.titles_only:
                return self._list(match, "e.id DESC", [], limit)
            titles = self.write(ask, titles_only=True)
            match = titles if self._has(titles, max(limit, CAP)) else match
        since = [ask.today.isoformat(), ask.today.year, ask.today.year - RECENT_YEARS]
        order = f"{self.rank_by_terms(ask)} * {FACTORS} DESC, e.id DESC"
        return self._list(match, order, [*self.rank_values(ask), *since], limit)

    def rank_by_terms(self, ask: Ask) -> str:
        return self.rank_by

    def _list(self, match: str, order: str, values: list[object], limit: int) -> list[Hit]:
        statement = f"{HIT} {self.found} ORDER BY {order} LIMIT %s"
        with connection.cursor() as cursor:
            cursor.execute(statement, [match, *values, limit])
            return [Hit(*row) for row in cursor.fetchall()]

    def _has(self, match: str, many: int) -> bool:
        statement = f"SELECT count(*) FROM (SELECT 1 {self.found} LIMIT %s) AS found"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(statement, [match, many])
            return bool(cursor.fetchone()[0] == many)
