"""A backup that failed or is too old, on the dashboard of whoever looks after the installation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zona.backstage.backoffice.todos import Todo, Urgency, register_todo
from zona.offices.models import Office, User
from zona.offices.policies import may_administer, may_edit_national

from .rules import longest_age
from .state import State, read_state


@register_todo()
def backup_to_mend(user: User, office: Office, now: dt.datetime) -> Iterator[Todo]:
    """Reads one small file; asks the database only when there is something to tell."""
    state = read_state(Path(settings.ENV.data))
    known = state.succeeded or user.date_joined  # nobody is told of it in the first days
    is_old = now - known > longest_age(is_daily=settings.ENV.backup_dir is not None)
    if not (state.has_failed or is_old) or not looks_after(user, office):
        return
    if state.has_failed:
        title = _("The last backup failed")
    else:
        title = _("The last backup is too old") if state.succeeded else _("There is no backup")
    yield Todo(
        title,
        _say_last(state, office),
        reverse("wagtailadmin_home"),
        Urgency.LATE,
        state.succeeded.astimezone(office.tz).date() if state.succeeded else None,
    )


def looks_after(user: User, office: Office) -> bool:
    """Whether the person can have a machine's backup mended.

    National administrators can; where one office is served alone, its own.
    """
    if may_edit_national(user):
        return True
    is_alone = not Office.objects.filter(is_open=True).exclude(pk=office.pk).exists()
    return is_alone and may_administer(user, office)


def _say_last(state: State, office: Office) -> str:
    ask = _("Ask whoever runs the machine to look: “zona check” says why.")
    if state.succeeded is None:
        return f"{_('There is no whole backup yet.')} {ask}"
    day = date_format(state.succeeded.astimezone(office.tz), "j F Y")
    return f"{_('The last whole backup is of %(date)s.') % {'date': day}} {ask}"
