"""The first set-up of an empty office: six small steps, each saved as it is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ..actions import calendar as calendar_actions
from ..actions import office as actions
from ..forms.calendar import HoursForm
from ..forms.office import AccountFormSet, OfficeForm
from ..models import Office
from ..queries import offices as queries
from ..queries import people as queries_people
from .office import actor_of, breadcrumbs, keep_logo, office_for, save_particulars

DRAFTS = "offices.setup"
"""Key of the session under which a step left half-finished is kept."""


@dataclass(frozen=True)
class Step:
    """One page of the set-up; `slug` stands in its address."""

    slug: str
    title: str | Promise
    why: str | Promise


STEPS = (
    Step("nama", gettext_lazy("Name"), gettext_lazy("Is this your office, and is its name right?")),
    Step("alamat", gettext_lazy("Address"), gettext_lazy("So that people find the way to you.")),
    Step(
        "jam",
        gettext_lazy("Service hours"),
        gettext_lazy("The website says by itself whether you are open now, and until when."),
    ),
    Step(
        "tampilan",
        gettext_lazy("Logo and colour"),
        gettext_lazy("May be left as it is; you can change it at any time."),
    ),
    Step(
        "kontak",
        gettext_lazy("Contact and accounts"),
        gettext_lazy("At least one way to reach you that is answered on working days."),
    ),
    Step(
        "rekan",
        gettext_lazy("First colleagues"),
        gettext_lazy("Whoever helps you with the website. You can do this later as well."),
    ),
)
SLUGS = [step.slug for step in STEPS]


@require_http_methods(["GET"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Go on where the set-up was left."""
    office = office_for(request, code)
    return redirect("offices:setup_step", code=code, step=queries.next_setup_step(office))


@require_http_methods(["GET", "POST"])
def show_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step: shown, checked, saved, left forwards or backwards."""
    office = office_for(request, code)
    if step not in SLUGS:
        raise Http404
    if request.method == "POST":
        return _leave(request, office, step)
    draft = _drafts(request, office).get(step)
    forms = _forms(office, step, QueryDict(draft) if draft else None)
    return _show(request, office, step, forms)


def _leave(request: HttpRequest, office: Office, step: str) -> HttpResponse:
    where = request.POST.get("go", "next")
    forms = _forms(office, step, request.POST, request.FILES)
    if where == "copy" and step == "jam":
        return _show(request, office, step, {"hours": forms["hours"].copy_monday()})
    is_valid = all(form.is_valid() for form in forms.values())
    if is_valid:
        _save(request, office, forms)
    elif step == "tampilan":
        keep_logo(actor_of(request), office, forms["form"])
    if not is_valid and where != "back":
        return _show(request, Office.objects.get(pk=office.pk), step, forms)
    # Going back must lose nothing, not even what cannot be saved yet.
    _keep_draft(request, office, step, None if is_valid else request.POST.urlencode())
    at = SLUGS.index(step) + (-1 if where == "back" else 1)
    if at < len(SLUGS):
        return redirect("offices:setup_step", code=office.code, step=SLUGS[max(at, 0)])
    return _finish(request, office)


def _finish(request: HttpRequest, office: Office) -> HttpResponse:
    unsaved = [slug for slug in SLUGS if slug in _drafts(request, office)]
    if unsaved:
        messages.error(request, _("This step is not saved yet. Mend what is marked below."))
        return redirect("offices:setup_step", code=office.code, step=unsaved[0])
    try:
        actions.finish_setup(actor=actor_of(request), office=office)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        step = queries.next_setup_step(office)
        return redirect("offices:setup_step", code=office.code, step=step)
    messages.success(
        request, _("The website of %(office)s is ready. Welcome.") % {"office": office.short_name}
    )
    return redirect("wagtailadmin_home")


def _forms(office: Office, step: str, data: Any = None, files: Any = None) -> dict[str, Any]:
    """The forms of a step, by the name under which the template shows them."""
    if step == "jam":
        return {"hours": HoursForm(data, week=queries.week_hours(office))}
    if step == "rekan":
        return {}
    forms: dict[str, Any] = {
        "form": OfficeForm.part(step)(data, files, instance=Office.objects.get(pk=office.pk))
    }
    if step == "kontak":
        forms["accounts"] = AccountFormSet(data, queryset=office.accounts.all(), prefix="accounts")
    return forms


def _save(request: HttpRequest, office: Office, forms: dict[str, Any]) -> None:
    actor = actor_of(request)
    if "hours" in forms:
        calendar_actions.save_hours(actor=actor, office=office, hours=forms["hours"].week)
    if "form" in forms:
        save_particulars(actor, office, forms["form"], forms.get("accounts"))


def _show(request: HttpRequest, office: Office, step: str, forms: dict[str, Any]) -> HttpResponse:
    at = SLUGS.index(step)
    if step == "rekan":
        forms = {"invitations": queries_people.open_invitations(office)}
    title = _("First set-up")
    context = {
        **forms,
        "office": office,
        "step": STEPS[at],
        "number": at + 1,
        "count": len(STEPS),
        "previous": STEPS[at - 1] if at else None,
        "is_last": at + 1 == len(STEPS),
        "steps": [
            (item, reverse("offices:setup_step", args=[office.code, item.slug])) for item in STEPS
        ],
        "header_title": title,
        "header_icon": "home",
        "breadcrumbs_items": breadcrumbs(("", title)),
    }
    return render(request, "offices/office/setup.html", context)


def _drafts(request: HttpRequest, office: Office) -> dict[str, str]:
    return dict(request.session.get(DRAFTS, {}).get(office.code, {}))


def _keep_draft(request: HttpRequest, office: Office, step: str, draft: str | None) -> None:
    mine = _drafts(request, office)
    if mine.get(step) == draft:
        return
    mine.pop(step, None)
    if draft is not None:
        mine[step] = draft
    request.session[DRAFTS] = {**request.session.get(DRAFTS, {}), office.code: mine}
