"""Where the checker reads what is being written. Nothing that is sent here is kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from zona.bakohumas.agenda.models import Participation
from zona.bakohumas.agenda.policies.coverage import may_write
from zona.ground.guard.numbers import read_number
from zona.offices.models import Office, User
from zona.offices.policies import visible_offices
from zona.offices.views.office import actor_of
from zona.website.site.models import BasePage
from zona.website.site.policies import may_edit

from ..checking import check_draft, settings_of
from ..drafting import draft_of_form
from ..gate import reasons_in


@never_cache
@sensitive_post_parameters()
@require_POST
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Findings on the fields of a form, as a part of a page, or as JSON to whom asks for it."""
    user = actor_of(request)
    office = office_for(user, code)
    given = request.POST.dict()
    page = page_of(user, office, given.get("page", ""))
    number = read_number(given.get("participation"))
    participations = (
        list(office.participations.filter(pk=number).select_related("event"))
        if number is not None
        else list[Participation]()
    )
    typed = draft_of_form(office, given, user=user, page=page, participations=participations)
    checked = check_draft(
        typed.draft, settings_of(office), begins=typed.begins, reasons=reasons_in(given)
    )
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"findings": [row.as_json() for row in checked.told]})
    return TemplateResponse(
        request,
        "checker/_findings.html",
        {"checked": checked, "form_id": given.get("form_id", "")},
    )


def office_for(user: User, code: str) -> Office:
    """The office if the person writes for it; else there is no such address."""
    office = visible_offices(user).filter(code=code, is_open=True).first()
    if office is None or not may_write(user, office):
        raise Http404
    return office


def page_of(user: User, office: Office, number: str) -> BasePage | None:
    """The saved item that is being changed; another office's does not exist here."""
    pk = read_number(number)
    if pk is None:
        return None
    page = BasePage.objects.filter(pk=pk, office=office).first()
    if page is None or not may_edit(user, page):
        raise Http404
    found: BasePage = page.specific.get_latest_revision_as_object()
    return found
