"""The index follows what rooms do. It is derived: no actor, no journal; it can be made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from zona.offices.models import Office

from .index.drafts import digest_of, make_entry, scheme
from .index.sending import note_changes
from .models import Entry, Rebuild
from .registry import Source, get_source, list_sources

BATCH = 100  # things a transaction of a rebuild
CHANGING = [
    field.name
    for field in Entry._meta.concrete_fields
    if field.name not in {"id", "source", "object_id"}
]


@dataclass(frozen=True)
class Followed:
    """What following some things changed."""

    written: int = 0
    removed: int = 0


@transaction.atomic
def follow(*, source: str, keys: Iterable[object]) -> Followed:
    """Bring the entries of these things in step with what they are now, in this transaction.

    What its source no longer builds (unpublished, restricted, deleted) leaves the index; an entry
    that would stay the same is not written.
    """
    wanted = list(dict.fromkeys(str(key) for key in keys))
    if not wanted:
        return Followed()
    now, known = timezone.now(), get_source(source)
    there = dict(
        Entry.objects.filter(source=source, object_id__in=wanted).values_list("object_id", "digest")
    )
    drafts = {draft.key: draft for draft in known.build(wanted)}
    offices = Office.objects.filter(pk__in={draft.office_id for draft in drafts.values()})
    codes = dict(offices.values_list("pk", "code"))
    changed = []
    for key, draft in drafts.items():
        code = codes.get(draft.office_id or 0, "")
        if there.get(key) != digest_of(draft, code):
            changed.append(make_entry(source, draft, code, now))
    Entry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["source", "object_id"],
        update_fields=CHANGING,
    )
    gone = [key for key in there if key not in drafts]
    touched = [entry.object_id for entry in changed] + gone
    note_changes(source, touched)
    if gone:
        Entry.objects.filter(source=source, object_id__in=gone).delete()
    return Followed(len(changed), len(gone))


# --- rebuilding ---


def is_stale() -> bool:
    """Whether the index was never made whole by these rules, or a rebuild was interrupted."""
    latest = Rebuild.objects.order_by("-pk").first()
    return latest is None or latest.scheme != scheme() or latest.finished_at is None


def rebuild(*, progress: Callable[[str, int], None] = lambda source, count: None) -> Rebuild:
    """Make every entry anew from its source; goes on where an interrupted run stopped.

    While it runs every entry that was there is found as before: rows are exchanged one batch a
    transaction, and what no source has any more is removed at the end. `progress` hears the
    name of the source and how many of its things were looked at.
    """
    run = _open_run()
    for source in list_sources():
        for keys in _batches(source, run):
            with transaction.atomic():
                follow(source=source.name, keys=keys)
                Entry.objects.filter(source=source.name, object_id__in=keys).update(
                    seen_at=timezone.now()
                )
                run.done[source.name] = keys[-1]
                run.save(update_fields=["done"])
            progress(source.name, len(keys))
        run.done[source.name] = None
        run.save(update_fields=["done"])
    with transaction.atomic():
        _remove_unseen(run)
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
        Rebuild.objects.filter(pk__lt=run.pk).delete()
    return run


def _open_run() -> Rebuild:
    """The run to go on with, else a new one: rules that changed in between begin anew."""
    run = Rebuild.objects.filter(finished_at=None, scheme=scheme()).order_by("-pk").first()
    return run or Rebuild.objects.create(scheme=scheme(), started_at=timezone.now())


def _batches(source: Source, run: Rebuild) -> Iterator[Sequence[str]]:
    """The keys of a source that this run has not seen, in batches."""
    if source.name in run.done and run.done[source.name] is None:
        return
    keys = iter(source.list_keys(run.done.get(source.name, "")))
    while batch := list(islice(keys, BATCH)):
        yield batch


def _remove_unseen(run: Rebuild) -> None:
    names = [source.name for source in list_sources()]
    unseen = Entry.objects.filter(Q(seen_at__lt=run.started_at) | ~Q(source__in=names))
    for source, key in list(unseen.values_list("source", "object_id")):
        note_changes(source, [key])
    unseen.delete()
