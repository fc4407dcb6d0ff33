"""The words of the index with the number of entries they stand in: for guesses at mistyped ones.

Counted at night and after a rebuild; new words of the day are learned every few minutes, so that
publishing never waits for another's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..models import Entry, Word
from ..rules import spelling, words

BATCH = 1_000


def count_words() -> int:
    """Count all words anew; how many there are."""
    counted: Counter[str] = Counter()
    for found in _words_of(Entry.objects.all()):
        counted.update(found)
    with transaction.atomic():
        Word.objects.all().delete()
        _insert(counted.items())
    return len(counted)


def learn_words(since: dt.timedelta) -> int:
    """Add the words of entries changed lately that are not known yet; how many those are."""
    fresh: Counter[str] = Counter()
    for found in _words_of(Entry.objects.filter(updated_at__gte=timezone.now() - since)):
        fresh.update(found)
    known: set[str] = set()
    names = iter(sorted(fresh))
    while part := list(islice(names, BATCH)):
        known.update(Word.objects.filter(word__in=part).values_list("word", flat=True))
    _insert((word, count) for word, count in fresh.items() if word not in known)
    return len(fresh.keys() - known)


def _words_of(entries: QuerySet[Entry]) -> Iterator[set[str]]:
    rows = entries.values_list("title", "text").iterator(200)
    for title, text in rows:
        yield {
            word
            for word in words.list_words(f"{title} {text}")
            if spelling.is_guessable(word) and len(word) < words.LONGEST_WORD
        }


def _insert(counted: Iterable[tuple[str, int]]) -> None:
    rows = (Word(word=word, length=len(word), documents=count) for word, count in counted)
    while part := list(islice(rows, BATCH)):
        Word.objects.bulk_create(part, ignore_conflicts=True)
