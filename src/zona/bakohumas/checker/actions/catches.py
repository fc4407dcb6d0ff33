"""What the checker caught: faults that stood in a draft and are gone when it first comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone
from wagtail.models import Revision

from zona.website.site.models import BasePage

from ..apart import findings_of, is_whole
from ..checking import house_of, settings_of
from ..drafting import draft_of_page
from ..models import CheckerCatch
from ..rules import Finding, Severity

DRAFTS = 8  # newest drafts that are looked at
NO_SLIPS = {"placeholder"}  # every draft begins with some


def count_catches(page: BasePage, published: Revision) -> None:
    """One for each rule whose fault is in an earlier draft and not in what came out."""
    drafts = page.revisions.filter(pk__lt=published.pk).order_by("-pk")[:DRAFTS]
    before = {code for draft in drafts for code in _faults(_findings(draft))}
    after = _findings(published)
    if not before or not is_whole(after):
        return
    day = timezone.localdate(timezone=page.office.tz)
    for rule in sorted(before - _faults(after) - NO_SLIPS):
        row, _is_new = CheckerCatch.objects.get_or_create(office=page.office, rule=rule, day=day)
        CheckerCatch.objects.filter(pk=row.pk).update(count=F("count") + 1)


def _findings(revision: Revision) -> Sequence[Finding]:
    page: Any = revision.as_object()
    return findings_of(draft_of_page(page), house_of(settings_of(page.office)))


def _faults(found: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in found if finding.severity is Severity.FAULT}
