"""Texts that nearly match a pattern, made from the pattern itself.

What makes a scan slow is a text on which it begins everywhere, goes far and fails. So every
beginning of a pattern, every branch of it and the body of each repetition is written out as a short
unit; the text is that unit over and over, bare and with what parts words, or one beginning with a
long body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

PARTERS = ("", " ", "\n", ". ", ", ")
MOST_UNITS = 150  # of one pattern; the rest of a very large one is left out evenly

Code = Any  # an item of re's own parsed form: (operation, argument)


def texts_against(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Makers of hostile texts: each takes a length in characters."""
    parsed = re._parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)  # type: ignore[attr-defined]
    units = list(dict.fromkeys(_units(list(parsed), "", {})))
    for before, body in units[:: max(1, len(units) // MOST_UNITS)]:
        for parter in PARTERS:
            yield over_and_over(before + body + parter)
        if before:
            yield _long_body(before, body)


def over_and_over(unit: str) -> Callable[[int], str]:
    return lambda length: (unit * (length // len(unit) + 1))[:length]


def _long_body(before: str, body: str) -> Callable[[int], str]:
    return lambda length: (before + body * (length // len(body) + 1))[:length]


def _units(items: list[Code], before: str, groups: dict[int, str]) -> Iterator[tuple[str, str]]:
    """(what stands before, unit) for each beginning, branch and repeated body of a sequence."""
    for code in items:
        for inner in _inside(code):
            yield from _units(inner, before, dict(groups))
        body = _write([code], groups)
        if body:
            yield before, body
            before += body
    if before:
        yield "", before


def _inside(code: Code) -> list[list[Code]]:
    """The sequences within one item."""
    operation, argument = str(code[0]), code[1]
    if operation == "BRANCH":
        return [list(branch) for branch in argument[1]]
    if operation == "SUBPATTERN":
        return [list(argument[3])]
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [list(argument[2])]
    if operation == "ATOMIC_GROUP":
        return [list(argument)]
    if operation == "ASSERT":
        return [list(argument[1])]
    return []


def _write(items: list[Code], groups: dict[int, str]) -> str:
    """One short text that the sequence takes."""
    return "".join(_write_one(str(code[0]), code[1], groups) for code in items)


def _write_one(operation: str, argument: Any, groups: dict[int, str]) -> str:
    if operation == "LITERAL":
        return chr(argument)
    if operation in ("ANY", "NOT_LITERAL"):
        return "a" if argument != ord("a") else "b"
    if operation == "IN":
        return _one_of(argument)
    if operation == "BRANCH":
        return _write(list(argument[1][0]), groups)
    if operation == "SUBPATTERN":
        number, *_flags, inner = argument
        groups[number] = _write(list(inner), groups)
        return groups[number]
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _most, inner = argument
        return _write(list(inner), groups) * max(int(least), 1)
    if operation == "ATOMIC_GROUP":
        return _write(list(argument), groups)
    if operation == "GROUPREF":
        return groups.get(argument, "")
    return ""  # places and what is looked for around them


def _one_of(choices: list[Code]) -> str:
    """A sign of a set, the likeliest of a person's text first."""
    pattern = {
        "CATEGORY_DIGIT": str.isdigit,
        "CATEGORY_SPACE": str.isspace,
        "CATEGORY_WORD": lambda sign: sign.isalnum() or sign == "_",
    }

    def holds(sign: str) -> bool:
        found = False
        for operation, argument in ((str(code[0]), code[1]) for code in choices):
            if operation == "LITERAL":
                found |= ord(sign) == argument
            elif operation == "RANGE":
                found |= argument[0] <= ord(sign) <= argument[1]
            elif operation == "CATEGORY":
                name = str(argument)
                found |= pattern[name.replace("_NOT_", "_")](sign) != ("_NOT_" in name)
        return found != any(str(code[0]) == "NEGATE" for code in choices)

    likely = "aA1 .-/(<\"'\n\t" + "".join(chr(code) for code in range(33, 127))
    for sign in likely:
        if holds(sign):
            return sign
    first = choices[0]
    return chr(first[1] if str(first[0]) == "LITERAL" else first[1][0])
