"""Who works in an office and in which roles: list, invite, give and end roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zona.ground.mail.sending import mail_leaves

from .. import letters, policies
from ..actions import people as actions
from ..forms.people import EndRoleForm, GiveRoleForm, InviteForm
from ..models import Invitation, Office, RoleAssignment
from ..queries import people as queries
from .office import actor_of, breadcrumbs, office_for

LINK = "offices.invitation_link"
"""Key of the session under which a new invitation's address waits to be shown once."""


@require_http_methods(["GET"])
def choose_people(request: HttpRequest) -> HttpResponse:
    """Lead to the people of one's own office; to a choice where there are several."""
    actor = actor_of(request)
    offices = policies.offices_where(actor).filter(abolished_on=None)
    served = list(offices.filter(is_open=True)) or list(offices)
    if not served:
        raise PermissionDenied
    if len(served) == 1:
        return redirect("offices:people", code=served[0].code)
    context = {
        "header_title": _("People"),
        "header_icon": "group",
        "breadcrumbs_items": breadcrumbs(("", _("People"))),
        "choices": [(reverse("offices:people", args=[office.code]), office) for office in served],
    }
    return render(request, "offices/office/choose.html", context)


@require_http_methods(["GET"])
def list_people(request: HttpRequest, code: str) -> HttpResponse:
    """Everyone with a role in the office; those above may read it too."""
    actor = actor_of(request)
    office = get_object_or_404(policies.visible_offices(actor), code=code)
    may_administer = policies.may_administer(actor, office)
    context = {
        **_frame(office, _("People")),
        "people": queries.people_of(office, policies.today()),
        "covering": queries.roles_from_above(office, policies.today()),
        "former": queries.former_roles(office, policies.today()),
        "invitations": queries.open_invitations(office) if may_administer else [],
        "may_administer": may_administer,
        "today": policies.today(),
        "mail_leaves": mail_leaves(),
        "link": request.session.pop(LINK, None) if may_administer else None,
    }
    return render(request, "offices/people/list.html", context)


@require_http_methods(["GET", "POST"])
def invite_person(request: HttpRequest, code: str) -> HttpResponse:
    """Invite a colleague; the link is shown once, to be passed on where mail does not arrive."""
    office = office_for(request, code)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = actions.invite(
                actor=actor_of(request), office=office, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_refusal(error)
        else:
            url = request.build_absolute_uri(reverse("invitation", args=[token]))
            sent = letters.send_invitation(invitation, url)
            text = letters.message_for(invitation, url)
            request.session[LINK] = {
                "url": url,
                "name": invitation.name,
                "sent": sent,
                "text": text,
                "whatsapp": letters.whatsapp_url(text),
            }
            return redirect("offices:people", code=code)
    button = _("Send the invitation") if mail_leaves() else _("Make the invitation")
    return _show_form(request, office, form, _("Invite a colleague"), button)


@require_POST
def withdraw_invitation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Close an open invitation."""
    invitation = get_object_or_404(Invitation, office=office_for(request, code), pk=pk)
    actions.withdraw_invitation(actor=actor_of(request), invitation=invitation)
    messages.success(
        request, _("The invitation of %(name)s is withdrawn.") % {"name": invitation.name}
    )
    return redirect("offices:people", code=code)


@require_http_methods(["GET", "POST"])
def give_role(request: HttpRequest, code: str) -> HttpResponse:
    """Give a person of the office one more role."""
    office, actor = office_for(request, code), actor_of(request)
    form = GiveRoleForm(
        request.POST or None,
        actor=actor,
        office=office,
        initial={"person": request.GET.get("person")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.give_role(actor=actor, office=office, **form.cleaned_data)
        except ValidationError as error:
            form.add_refusal(error)
        else:
            messages.success(
                request,
                _("%(name)s holds the role %(role)s from %(day)s.")
                % {
                    "name": given.user,
                    "role": given.get_role_display(),
                    "day": queries.say_day(given.starts_on),
                },
            )
            return redirect("offices:people", code=code)
    return _show_form(request, office, form, _("Give a role"), _("Give the role"))


@require_http_methods(["GET", "POST"])
def end_role(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a role end; nothing else of the person changes."""
    office = office_for(request, code)
    assignment = get_object_or_404(
        RoleAssignment.objects.select_related("user"), office=office, pk=pk
    )
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(actor=actor_of(request), assignment=assignment, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(
                request,
                _("The role %(role)s of %(name)s ends on %(day)s.")
                % {
                    "name": assignment.user,
                    "role": assignment.get_role_display(),
                    "day": queries.say_day(form.cleaned_data["last_day"]),
                },
            )
            return redirect("offices:people", code=code)
    subject = f"{assignment.user}: {assignment.get_role_display()}"
    return _show_form(request, office, form, _("End a role"), _("End the role"), subject)


def _frame(office: Office, title: str) -> dict[str, Any]:
    own = (
        []
        if title == _("People")
        else [(reverse("offices:people", args=[office.code]), _("People"))]
    )
    return {
        "office": office,
        "header_title": title,
        "header_icon": "group",
        "page_subtitle": str(office),
        "breadcrumbs_items": breadcrumbs(*own, ("", title)),
    }


def _show_form(
    request: HttpRequest, office: Office, form: Any, title: str, button: str, subject: str = ""
) -> HttpResponse:
    context = {**_frame(office, title), "form": form, "button": button, "subject": subject}
    return render(request, "offices/people/form.html", context)
