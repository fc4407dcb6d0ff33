"""One draft that tells of several routine events."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zona.bakohumas.agenda.staff.duties import _number, office_for
from zona.bakohumas.agenda.staff.places import tasks_url
from zona.offices.views.office import actor_of, breadcrumbs

from ..actions import writing as actions
from ..queries import writing as queries
from ..rules import writing as rules


@require_http_methods(["GET", "POST"])
def roundup(request: HttpRequest, code: str) -> HttpResponse:
    """Choose routine events of the last days; one draft tells of them all."""
    user = actor_of(request)
    office = office_for(user, code)
    now = timezone.now()
    rows = queries.routine_events(office, now - dt.timedelta(days=10), now)
    error = ""
    if request.method == "POST":
        wanted = {_number(key) for key in request.POST.getlist("kegiatan")}
        chosen = [row for row in rows if row.pk in wanted]
        if 2 <= len(chosen) <= rules.ROUNDUP_AT_MOST:
            page = actions.begin_roundup(
                actor=user,
                office=office,
                participations=chosen,
                dateline=queries.dateline_of(office),
            )
            return redirect("newsroom_staff:write_item", page_id=page.pk)
        error = _("Choose two to %(most)s events.") % {"most": rules.ROUNDUP_AT_MOST}
    title = _("Roundup of the week")
    return TemplateResponse(
        request,
        "newsroom/writing/roundup.html",
        {
            "header_title": title,
            "header_icon": "list-ul",
            "breadcrumbs_items": breadcrumbs((tasks_url(office), _("My duties")), ("", title)),
            "office": office,
            "rows": rows,
            "ticked": {_number(key) for key in request.POST.getlist("kegiatan")}
            or {row.pk for row in rows[: rules.ROUNDUP_AT_MOST]},
            "most": rules.ROUNDUP_AT_MOST,
            "error": error,
        },
        status=422 if error else 200,
    )
