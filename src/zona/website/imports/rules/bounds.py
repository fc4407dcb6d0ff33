"""Which bodies are walked as HTML at all: what is too broken costs the parser its square."""

from __future__ import annotations

import re
from collections import Counter

MOST_STRAY = 500  # "<" that never became a tag; a long article in classic HTML has a few
MOST_UNCLOSED = 1_500  # tags open at once; browsers stop at 512
_STRAY = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,60})")
_GAP = re.compile(r"(?<![ \t])[ \t]{200,}")
_ALONE = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
))  # fmt: skip


def close_gaps(text: str) -> str:
    """Hundreds of blanks in a row say nothing that one does not."""
    return _GAP.sub(" ", text)


def is_broken(text: str) -> bool:
    """Whether it is beyond what any site has written: then only its words can be taken over."""
    strays = sum(1 for _match in _STRAY.finditer(text))
    return strays > MOST_STRAY or _unclosed(text) > MOST_UNCLOSED


def _unclosed(text: str) -> int:
    """How many tags are open at the end, or were closed that were never open."""
    open_tags: Counter[str] = Counter()
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name not in _ALONE:
            open_tags[name] += -1 if match[1] else 1
    return sum(map(abs, open_tags.values()))
