"""The pages a public body must have: first rows from the law, and which page fulfils which."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from zona.ground.journal.actions import record

from ..models import BasePage, ContactPage, MandatoryPage, ProfilePage

CATALOGUE = Path(__file__).resolve().parent.parent / "data" / "mandatory_pages.json"
COLUMNS = (
    "title",
    "purpose",
    "legal_base",
    "source",
    "review_days",
    "valid_from",
    "valid_until",
    "order",
)


@lru_cache(maxsize=1)
def read_catalogue() -> tuple[dict[str, Any], ...]:
    """The duties as delivered: MandatoryPage's columns, page `kind`, profile `part`."""
    return tuple(json.loads(CATALOGUE.read_text(encoding="utf-8")))


@transaction.atomic
def ensure_duties(*, actor: object | str | None = None) -> int:
    """Add the duties whose code is missing and leave the others as edited; how many were added."""
    there = set(MandatoryPage.objects.values_list("code", flat=True))
    missing = [row for row in read_catalogue() if row["code"] not in there]
    if not missing:
        return 0
    MandatoryPage.objects.bulk_create(
        MandatoryPage(code=row["code"], **{name: row[name] for name in COLUMNS}) for row in missing
    )
    for page in (*ContactPage.objects.all(), *ProfilePage.objects.all()):
        claim_duty(page)
    record(
        actor=actor,
        verb="site.duties_added",
        changes={"codes": [[], [row["code"] for row in missing]]},
    )
    return len(missing)


def claim_duty(page: ContactPage | ProfilePage) -> None:
    """Note which duty the page fulfils by its very kind, unless an editor chose one."""
    if page.mandatory_id:
        return
    duty = MandatoryPage.objects.filter(code=_natural_code(page)).first()
    if duty:
        page.mandatory = duty
        BasePage.objects.filter(pk=page.pk).update(mandatory=duty)


def _natural_code(page: ContactPage | ProfilePage) -> str:
    part = getattr(page, "part", "")
    for row in read_catalogue():
        if row["kind"] == page.kind and row.get("part", "") == part:
            return str(row["code"])
    return ""
