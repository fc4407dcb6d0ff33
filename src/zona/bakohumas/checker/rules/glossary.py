"""Abbreviations of the election offices and what they stand for, from newsroom/data/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"


def read_glossary(path: Path = DATA / "abbreviations.json") -> dict[str, tuple[str, ...]]:
    """Abbreviation -> its expansions, the usual one first."""
    return {row["abbreviation"]: tuple(row["expansions"]) for row in _rows(path)}


def _rows(path: Path = DATA / "abbreviations.json") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def read_words(name: str) -> Mapping[str, list[str]]:
    """A list of words by its group, from one of the files of words."""
    words: Mapping[str, list[str]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return words


KNOWN: Mapping[str, tuple[str, ...]] = read_glossary()
FAMILIAR = frozenset(row["abbreviation"] for row in _rows() if row.get("is_familiar"))
WORDS: Mapping[str, list[str]] = read_words("checker_words.json")
SPELLING: Mapping[str, str] = json.loads((DATA / "spelling.json").read_text(encoding="utf-8"))
