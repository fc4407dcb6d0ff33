"""The whole way from all sources to an index that answers: rows, words, OpenSearch."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from ..actions import is_stale, rebuild
from ..models import Entry
from ..registry import list_sources
from .sending import copy_all
from .vocabulary import count_words

Progress = Callable[[str, int], None]


def count_work() -> int:
    """How many steps `rebuild_all` tells of."""
    things = sum(source.count() for source in list_sources())
    return things + (Entry.objects.count() if settings.ENV.search_url else 0)


def rebuild_all(progress: Progress = lambda name, count: None) -> dict[str, int]:
    """Rebuild, count the words, fill OpenSearch where there is one.

    Can be stopped at any time and started again. Raises EngineUnavailable; the database's own
    index is whole by then.
    """
    rebuild(progress=progress)
    words = count_words()
    if settings.ENV.search_url:
        copy_all(lambda count: progress("opensearch", count))
    return {"entries": Entry.objects.count(), "words": words}


def order_rebuild_when_stale() -> bool:
    """Let the worker rebuild what was never made, or made by other rules; whether it has to."""
    from django_tasks_db.models import DBTaskResult

    from ..tasks import rebuild_index

    if not is_stale():
        return False
    waiting = DBTaskResult.objects.filter(
        task_path=rebuild_index.module_path, status__in=["READY", "RUNNING"]
    )
    if not waiting.exists():
        rebuild_index.enqueue()
    return True
