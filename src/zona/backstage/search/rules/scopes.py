"""What entries can be narrowed to, as single words: an engine meets them like any other word."""

from __future__ import annotations

from . import words


def office_scope(code: str) -> str:
    """One office alone: 33.74 is o3374."""
    return f"o{code.replace('.', '')}"


def region_scope(code: str) -> str:
    """A province with all offices below it: 33 is w33."""
    return f"w{code.partition('.')[0]}"


def kind_scope(kind: str) -> str:
    return f"k{_only_letters(kind)}"


def rubric_scope(rubric: str) -> str:
    return f"r{_only_letters(rubric)}"


def year_scope(year: int) -> str:
    return f"y{year}"


def describe(*, code: str, kind: str, rubric: str, year: int | None, is_door: bool = False) -> str:
    """All scopes of an entry, separated by spaces."""
    found = [kind_scope(kind)]
    if code and not is_door:
        found.append(office_scope(code))
    if code:
        found.append(region_scope(code))
    if rubric:
        found.append(rubric_scope(rubric))
    if year:
        found.append(year_scope(year))
    return " ".join(found)


def _only_letters(text: str) -> str:
    return "".join(sign for raw in words.list_words(text) for sign in raw if sign.isascii())
