"""Periodic data that is due, on the dashboard. Pages to review stand there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.offices.models import Office, User
from zona.website.site.staff.desk import desk_of

from ..mending import say_term
from ..queries.freshness import data_waiting, opened_on

NAG_DAYS = 60  # afterwards the screen of periodic data says enough
AT_MOST = 2


@register_todo()
def data_to_publish(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """What falls due within two weeks, and what did in the last two months."""
    desk = desk_of(user, office)
    if not desk.sees_all or desk.home is None:
        return
    day = now.astimezone(office.tz).date()
    rows = data_waiting(office, day, opened_on(office, desk.home))
    recent = [row for row in rows if row.due >= day - dt.timedelta(days=NAG_DAYS)]
    for row in recent[:AT_MOST]:
        words = {"data": row.duty.title, "period": say_term(row)}
        due = {"date": date_format(row.due, "j F Y")}
        is_late = row.due < day
        yield Todo(
            _("Publish “%(data)s”, %(period)s") % words,
            (_("Was due on %(date)s.") if is_late else _("Due on %(date)s.")) % due,
            reverse("numbers:periodic", args=[office.code]) + f"?catat={row.key}#catat",
            Urgency.LATE if is_late else Urgency.SOON,
            row.due,
        )
