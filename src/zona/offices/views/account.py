"""Signing in by link or invitation, and the page of one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import policies
from ..actions.people import accept_invitation, find_invitation
from ..actions.sign_in import find_login_link, use_login_link
from ..forms.account import AcceptForm, OwnDetailsForm
from ..models import RoleAssignment, User
from ..sign_in.middleware import LOGIN_LINK
from .office import actor_of


def _sign_in(request: HttpRequest, person: User, method: str) -> HttpResponseBase:
    """As after a password: a second factor, where set up, is still asked for."""
    record_authentication(request, person, method=method)
    return perform_login(request, Login(user=person, redirect_url=reverse("wagtailadmin_home")))


def _keep_private(response: HttpResponseBase) -> HttpResponseBase:
    """The address holds a secret: no other site may learn it from the browser."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@never_cache
@login_required
def show_home(request: HttpRequest) -> HttpResponseBase:
    """Name and phone, roles, and the way to password, second key and sessions."""
    person = actor_of(request)
    form = OwnDetailsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account_home")
    roles = RoleAssignment.objects.in_force(policies.today()).filter(user=person)
    context = {
        "form": form,
        "roles": roles.select_related("office"),
        "may_enter": person.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "account/home.html", context)


@never_cache
def follow_login_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show who would be signed in; the button spends the link, so that no preview robot does."""
    link = find_login_link(token)
    if link is None:
        return _keep_private(render(request, "account/login_link.html", {}, status=410))
    if request.method == "POST":
        try:
            with transaction.atomic():
                person = use_login_link(token=token)
                return _keep_private(_sign_in(request, person, LOGIN_LINK))
        except ValidationError:
            return _keep_private(render(request, "account/login_link.html", {}, status=410))
    return _keep_private(render(request, "account/login_link.html", {"person": link.user}))


@never_cache
def answer_invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """A new colleague sets a password; one with an account signs in and accepts."""
    invitation = find_invitation(token)
    if invitation is None:
        return _keep_private(render(request, "account/invitation.html", {}, status=410))
    person = User.objects.filter(email=invitation.email).first()
    context: dict[str, Any] = {"invitation": invitation, "person": person}
    if person is not None:
        context["is_signed_in"] = request.user.pk == person.pk
        context["login_url"] = f"{reverse('account_login')}?next={request.path}"
        if request.method == "POST" and context["is_signed_in"]:
            return _accept(request, context, token)
        return _keep_private(render(request, "account/invitation.html", context))
    form = AcceptForm(
        request.POST or None, email=invitation.email, initial={"name": invitation.name}
    )
    context["form"] = form
    if request.method == "POST" and form.is_valid():
        return _accept(
            request,
            context,
            token,
            password=form.cleaned_data["password"],
            name=form.cleaned_data["name"],
        )
    return _keep_private(render(request, "account/invitation.html", context))


def _accept(
    request: HttpRequest, context: dict[str, Any], token: str, **fields: str
) -> HttpResponseBase:
    actor = request.user if request.user.is_authenticated else None
    try:
        given = accept_invitation(actor=actor, token=token, **fields)
    except PermissionDenied:
        return redirect(context["login_url"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _keep_private(render(request, "account/invitation.html", context, status=409))
    if actor is None:
        return _keep_private(_sign_in(request, given.user, "invitation"))
    return redirect("wagtailadmin_home")
