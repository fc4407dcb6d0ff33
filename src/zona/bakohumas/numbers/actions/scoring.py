"""The score of every office, noted once a night, so that its way is seen and lists are quick."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import DatabaseError, transaction

from zona.offices.models import Office
from zona.offices.queries.offices import open_offices

from ..models import OfficeScore
from ..queries.coverage import covered
from ..queries.freshness import standing_of
from ..rules.freshness import Part

logger = logging.getLogger("zona.bakohumas.newsroom")


def note_scores(now: dt.datetime) -> int:
    """Note the scores of all open offices, each by itself; how many."""
    noted = 0
    for office in open_offices():
        try:
            note_score(office, now)
            noted += 1
        except DatabaseError:  # one office must not hold up the others
            logger.exception("The score of %s could not be noted", office.code)
    return noted


@transaction.atomic
def note_score(office: Office, now: dt.datetime) -> OfficeScore:
    """Note one office's score of the day; a second count of the same day replaces the first."""
    standing = standing_of(office, now)
    score = standing.score
    parts: dict[str, object] = {
        part.value: None if value is None else round(float(value), 1)
        for part in Part
        for value in [score.parts[part]]
    }
    parts |= {"cakupan": covered(office, now).percent, "tertahan": score.is_capped}
    row, _is_new = OfficeScore.objects.update_or_create(
        office=office,
        day=standing.today,
        defaults={"score": score.value, "parts": parts},
    )
    return row
