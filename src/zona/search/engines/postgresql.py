"""Search by PostgreSQL: one tsvector an entry, its four weights the same columns as in SQLite."""

from __future__ import annotations

from ..rules.asking import Phrase, Term
from .base import Ask
from .database import DatabaseEngine

# D text_stem, C text, B title_stem, A title.
WEIGHTS = "'{0.08, 0.25, 0.33, 1.0}'"
DIVIDED = 1  # ts_rank_cd divides by 1 + log(length)


class PostgresqlEngine(DatabaseEngine):
    found = matched = "FROM search_entry e WHERE e.vector @@ %s::tsquery"
    key = "e.id"

    def write(self, terms: tuple[Term, ...], scopes: tuple[str, ...], titles_only: bool) -> str:
        """The text of a tsquery. Only words of letters and digits get in, each in quotes."""
        match = " & ".join(f"({_write_term(term, titles_only)})" for term in terms)
        for scope in scopes:
            match = self.add_scope(match, scope)
        return match

    def add_scope(self, match: str, scope: str) -> str:
        return f"{match} & '={scope}'"

    def rank(self, ask: Ask) -> tuple[str, list[object]]:
        """Each term by itself, summed up as bm25 does: one that stands often is not drowned."""
        one = f"ts_rank_cd({WEIGHTS}, e.vector, %s::tsquery, {DIVIDED})"
        written = [_write_term(term, titles_only=False) for term in ask.terms]
        return f"({' + '.join([one] * len(written))})", list(written)


def _write_term(term: Term, titles_only: bool) -> str:
    raw, stem = ("A", "B") if titles_only else ("AC", "BD")
    parts: list[str] = []
    for phrase in term.phrases:
        if phrase.is_apart:
            parts.append(f"({_write_apart(phrase, raw, stem)})")
            continue
        if phrase.raws:
            parts.append(_side_by_side(phrase.raws, raw, "*" if phrase.is_prefix else ""))
        if phrase.stems and not phrase.is_prefix:
            parts.append(_side_by_side(phrase.stems, stem))
    return " | ".join(parts)


def _write_apart(phrase: Phrase, raw: str, stem: str) -> str:
    found, weights = (phrase.stems, stem) if phrase.stems else (phrase.raws, raw)
    return " & ".join(f"'{word}':{weights}" for word in dict.fromkeys(found))


def _side_by_side(found: tuple[str, ...], weights: str, star: str = "") -> str:
    marks = [weights] * (len(found) - 1) + [star + weights]
    written = (f"'{word}':{mark}" for word, mark in zip(found, marks, strict=True))
    return f"({' <-> '.join(written)})"
