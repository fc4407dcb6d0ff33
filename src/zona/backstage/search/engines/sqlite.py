"""Search by SQLite's FTS5: a word is looked for as it stands and as its stem, title before text."""

from __future__ import annotations

from typing import Any

from ..rules.asking import Phrase, Term
from .base import Ask
from .database import DatabaseEngine

# bm25 of the columns title, text, title_stem, text_stem, scope: what stands there as it was typed
# counts three times what only has the same stem.
WEIGHTS = "12.0, 3.0, 4.0, 1.0, 0.0"


class SqliteEngine(DatabaseEngine):
    matched = ("FROM search_words WHERE search_words MATCH %s",) * 2
    key = "rowid"
    found = (
        "FROM search_words JOIN search_entry e ON e.id = search_words.rowid"
        " WHERE search_words MATCH %s",
    ) * 2

    def write(self, terms: tuple[Term, ...], scopes: tuple[str, ...], titles_only: bool) -> str:
        """The expression for MATCH. Only words of letters and digits get in, each in quotes."""
        match = " AND ".join(f"({_write_term(term, titles_only)})" for term in terms)
        for scope in scopes:
            match = self.add_scope(match, scope)
        return match

    def add_scope(self, match: str, scope: str) -> str:
        return f'{match} AND scope : "{scope}"'

    def rank(self, ask: Ask) -> tuple[str, list[Any]]:
        return f"-bm25(search_words, {WEIGHTS})", []


def _write_term(term: Term, titles_only: bool) -> str:
    raw, stem = (
        ("{title}", "{title_stem}") if titles_only else ("{title text}", "{title_stem text_stem}")
    )
    parts: list[str] = []
    for phrase in term.phrases:
        if phrase.is_apart:
            parts.append(f"({_write_apart(phrase, raw, stem)})")
            continue
        if phrase.raws:
            star = " *" if phrase.is_prefix else ""
            parts.append(f'{raw} : "{" ".join(phrase.raws)}"{star}')
        if phrase.stems and not phrase.is_prefix:
            parts.append(f'{stem} : "{" ".join(phrase.stems)}"')
    return " OR ".join(parts)


def _write_apart(phrase: Phrase, raw: str, stem: str) -> str:
    found, columns = (phrase.stems, stem) if phrase.stems else (phrase.raws, raw)
    return " AND ".join(f'{columns} : "{word}"' for word in dict.fromkeys(found))
