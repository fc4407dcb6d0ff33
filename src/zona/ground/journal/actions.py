"""Writing the record: the one way a row comes into being."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from . import request_id as request_ids
from . import rules
from .models import LABEL_LENGTH, Entry, Head
from .naming import Target, name_actor, name_target


@transaction.atomic(savepoint=False)
def record(
    *,
    actor: object | str | None,
    verb: str,
    target: Model | Target | None = None,
    office_code: str = "",
    reason: str = "",
    changes: Mapping[str, Iterable[Any]] | None = None,
    request_id: str | None = None,
    at: datetime | None = None,
) -> Entry:
    """Add one row to the office's chain ("" = nation-wide), within the caller's transaction.

    `actor` is a user, a name such as "zona import", or None for the system; `verb` is `room.verb`;
    `changes` is `{field: [old, new]}`. Write no personal data of citizens into it: rows stay for
    good. The office's chain is locked until the transaction ends, so record as its last step, and
    offices in the order of their codes when there are several. If the row cannot be written, the
    whole transaction is rolled back: nothing happens without its record.
    ValueError for a bad verb, changes, naive time or a target without key; TypeError for values
    that are not plain.
    """
    at = at or timezone.now()
    if timezone.is_naive(at):
        raise ValueError("a record needs an aware time")
    who, what = name_actor(actor), name_target(target)
    fields = {
        "office_code": office_code,
        "at": at,
        "actor_id": who.id,
        "actor_label": rules.shorten(who.label, LABEL_LENGTH),
        "verb": rules.check_verb(verb),
        "target_type": what.type,
        "target_id": what.id,
        "target_label": rules.shorten(what.label, LABEL_LENGTH),
        "reason": rules.clean_text(reason),
        "changes": rules.plain_changes(changes),
        "request_id": request_ids.current() if request_id is None else request_id,
    }
    head = _lock_head(office_code)
    fields["seq"] = head.last_seq + 1
    entry = Entry(
        **fields,
        previous_hash=head.last_hash,
        hash=rules.entry_hash(head.last_hash, fields),
    )
    entry.save(force_insert=True)
    head.last_seq, head.last_hash = entry.seq, entry.hash
    head.save(force_update=True)
    return entry


def _lock_head(office_code: str) -> Head:
    """The office's head, held until the transaction ends, so that writers go one by one.

    The insert comes first although the head mostly exists: on SQLite, where there are no row locks,
    it takes the writer's lock before anything is read; on PostgreSQL the select locks the row.
    """
    Head.objects.bulk_create([Head(office_code=office_code)], ignore_conflicts=True)
    return Head.objects.select_for_update().get(office_code=office_code)
