"""The kinds of activity: first rows as delivered, edited by KPU RI from then on."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from zona.ground.journal.actions import record

from ..models import EventKind

CATALOGUE = Path(__file__).resolve().parent.parent / "data" / "event_kinds.json"


@lru_cache(maxsize=1)
def read_catalogue() -> tuple[dict[str, Any], ...]:
    """The kinds as delivered: the columns of EventKind."""
    return tuple(json.loads(CATALOGUE.read_text(encoding="utf-8")))


@transaction.atomic
def ensure_kinds(*, actor: object | str | None = None) -> int:
    """Add the kinds whose code is missing and leave the others as edited; how many were added."""
    there = set(EventKind.objects.values_list("code", flat=True))
    missing = [row for row in read_catalogue() if row["code"] not in there]
    if not missing:
        return 0
    EventKind.objects.bulk_create(EventKind(**row) for row in missing)
    record(
        actor=actor,
        verb="agenda.kinds_added",
        changes={"codes": [[], [row["code"] for row in missing]]},
    )
    return len(missing)
