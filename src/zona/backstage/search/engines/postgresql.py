"""Search by PostgreSQL: one tsvector an entry, its four weights the same columns as in SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from ..rules.asking import Term
from .base import Ask, Hit
from .database import DatabaseEngine

# D text_stem, C text, B title_stem, A title.
WEIGHTS = "'{0.08, 0.25, 0.33, 1.0}'"
DIVIDED = 1  # ts_rank_cd divides by 1 + log(length)


class PostgresqlEngine(DatabaseEngine):
    found = matched = (
        "FROM search_entry e WHERE e.vector @@ %s::tsquery",
        "FROM search_entry e WHERE e.title_vector @@ %s::tsquery",
    )
    key = "e.id"

    def find(self, ask: Ask, limit: int) -> list[Hit]:
        with by_index():
            return super().find(ask, limit)

    def find_some(self, ask: Ask, least: int, limit: int) -> list[Hit]:
        with by_index():
            return super().find_some(ask, least, limit)

    def write(self, terms: tuple[Term, ...], scopes: tuple[str, ...], titles_only: bool) -> str:
        """The text of a tsquery. Only words of letters and digits get in, each in quotes."""
        match = " & ".join(f"({_write_term(term, titles_only)})" for term in terms)
        for scope in scopes:
            match = self.add_scope(match, scope)
        return match

    def add_scope(self, match: str, scope: str) -> str:
        return f"{match} & '={scope}'"

    def rank(self, ask: Ask) -> tuple[str, list[Any]]:
        """Each term by itself, summed up as bm25 does: one that stands often is not drowned."""
        one = f"ts_rank_cd({WEIGHTS}, e.vector, %s::tsquery, {DIVIDED})"
        written = [_write_term(term, titles_only=False) for term in ask.terms]
        return f"({' + '.join([one] * len(written))})", list(written)


@contextmanager
def by_index() -> Iterator[None]:
    """With a LIMIT, PostgreSQL takes phrases for frequent and reads the whole table: not here."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def _write_term(term: Term, titles_only: bool) -> str:
    """A way of asking for the term. Weights are asked for only where a stem would be wrong: the
    index knows none, and every row with the word would have to be looked into."""
    exact = ":A" if titles_only else ":AC"
    parts: list[str] = []
    for phrase in term.phrases:
        if phrase.is_apart:
            found = phrase.stems or phrase.raws
            written = " & ".join(f"'{word}'" for word in dict.fromkeys(found))
            parts.append(f"({written})")
            continue
        if phrase.raws and not (phrase.stems or phrase.is_prefix):
            parts.append(_side_by_side(phrase.raws, exact))
        elif phrase.raws:
            parts.append(_side_by_side(phrase.raws, "", "*" if phrase.is_prefix else ""))
        if phrase.stems and not phrase.is_prefix and phrase.stems != phrase.raws:
            parts.append(_side_by_side(phrase.stems, ""))
    return " | ".join(parts)


def _side_by_side(found: tuple[str, ...], weights: str, star: str = "") -> str:
    """Words as a phrase; `star`: the last one is only begun."""
    last = f":{star}" if star else weights
    marks = [weights] * (len(found) - 1) + [last]
    written = (f"'{word}'{mark}" for word, mark in zip(found, marks, strict=True))
    return f"({' <-> '.join(written)})"
