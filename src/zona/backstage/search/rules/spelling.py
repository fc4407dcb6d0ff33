"""Words that a mistyped word may have been meant as."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from . import words

SHORTEST = 4  # letters of a word worth a guess


def allowed_distance(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped."""
    return 1 if len(word) < 6 else 2 if len(word) < 11 else 3


def is_guessable(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def guess(word: str, vocabulary: Iterable[tuple[str, int]], most: int = 3) -> list[str]:
    """The nearest words of the vocabulary, (word, documents), the more frequent one first."""
    limit = allowed_distance(word)
    found = []
    for other, documents in vocabulary:
        if other == word or abs(len(other) - len(word)) > limit:
            continue
        distance = OSA.distance(word, other, score_cutoff=limit)
        if distance <= limit:
            found.append((distance, other[0] != word[0], -documents, other))
    return [other for *_, other in sorted(found)[:most]]


def exchange(text: str, changes: dict[str, str]) -> str:
    """The query with words exchanged, the rest as typed."""
    parts, at = [], 0
    for word in words.split(text):
        if word.raw in changes:
            parts += [text[at : word.start], changes[word.raw]]
            at = word.end
    return "".join([*parts, text[at:]])
