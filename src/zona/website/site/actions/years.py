"""Years that Zona concluded while importing, looked at by a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Revision

from zona.ground.journal.actions import record
from zona.offices.models import Office, User

from ..staff.desk import desk_of
from ..staff.queries import inferred_years


@transaction.atomic
def confirm_years(*, actor: User, office: Office, page_ids: Iterable[int]) -> int:
    """Note that the years of these items are right; how many were open until now.

    Raises PermissionDenied unless the actor may publish in the office.
    """
    if not desk_of(actor, office).may_publish:
        raise PermissionDenied
    rows = list(inferred_years(office).filter(pk__in=list(page_ids)))
    if not rows:
        return 0
    # The newest revision carries the mark too; publishing it must not bring the mark back.
    revisions = Revision.objects.filter(pk__in=[row.latest_revision_id for row in rows])
    for revision in revisions:
        revision.content["activity_date_inferred"] = False
        revision.save(update_fields=["content"])
    inferred_years(office).filter(pk__in=[row.pk for row in rows]).update(
        activity_date_inferred=False
    )
    record(
        actor=actor,
        verb="site.years_confirmed",
        target=office,
        office_code=office.code,
        changes={"pages": [[], sorted(row.pk for row in rows)]},
    )
    return len(rows)
