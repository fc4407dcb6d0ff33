"""What those who follow an office meet: a form, two letters' links, their preferences."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zona.ground.guard.actions import Refusal, examine
from zona.ground.guard.rules import Limit, is_own_site
from zona.ground.guard.views import public_form, say_refusal
from zona.website.site.models import HomePage
from zona.website.site.pages.frame import frame

from .. import actions, queries
from ..forms import FollowForm, PreferencesForm
from ..models import LINKS, Subscriber

FOLLOWS = Limit(proven=30, unproven=5)


class SeeOther(HttpResponseRedirect):
    """After a form: look there, with GET."""

    status_code = 303


def find_home(code: str) -> HomePage:
    """The home of an office whose news can be subscribed to by e-mail. Raises Http404."""
    homes = HomePage.objects.live().select_related("office")
    home = get_object_or_404(homes, office__code=code)
    if not queries.takes_subscriptions(home.office):
        raise Http404
    return home


@public_form
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Subscribe to an office: the answer is the same whether the address is known or not."""
    home = find_home(code)
    data = request.POST if request.method == "POST" else None
    asked = (data or request.GET).getlist("topik") or ["kantor"]
    form = FollowForm(data, office=home.office, asked=asked, initial={"topik": asked})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            verdict = examine(request, "subscriptions.follow", FOLLOWS)
            if verdict.refusal is Refusal.TRAPPED:
                return SeeOther(reverse("subscriptions:check_mail"))
            if verdict.refusal:
                form.add_error(None, say_refusal(verdict.refusal))
            else:
                actions.ask(
                    office=home.office,
                    email=form.cleaned_data["surel"],
                    topics=form.cleaned_data["topik"],
                    frequency=form.cleaned_data["irama"],
                )
                return SeeOther(reverse("subscriptions:check_mail"))
    context = frame(request, home, home) | {
        "page_title": _("Follow the news of this office"),
        "noindex": True,
        "form": form,
        "challenge_url": reverse("subscriptions:challenge"),
        "breadcrumb": [{"label": _("Home"), "url": home.get_url(request)}],
    }
    return TemplateResponse(request, "subscriptions/follow.html", context, status=status)


def secret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose address is a secret: kept nowhere, indexed nowhere, told to no other site."""

    @public_form
    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return private


def show(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **inputs: Any
) -> HttpResponse:
    context = {"page_title": title, **inputs}
    return TemplateResponse(request, f"subscriptions/{template}.html", context, status=status)


@require_safe
def check_mail(request: HttpRequest) -> HttpResponse:
    """What everyone reads after the form."""
    return show(request, "check_mail", _("Look into your mailbox"))


@require_safe
def show_left(request: HttpRequest) -> HttpResponse:
    """What everyone reads after leaving."""
    return show(request, "left", _("You no longer receive letters"))


@secret
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first letter. A button, because mail filters open links by themselves."""
    if request.method == "POST" and (subscriber := actions.confirm(token=token)):
        return SeeOther(f"{reverse('subscriptions:manage', args=[subscriber.token])}?baru=1")
    found = actions.read_confirmation(token)
    if found is None:
        return show(request, "stale", _("This link no longer holds"), status=404)
    topics = [queries.name_topic(row) for row in found[1]]
    return show(request, "confirm", _("Confirm your subscription"), topics=topics)


def _subscriber(token: str) -> Subscriber | None:
    read = LINKS.read(token)
    return Subscriber.objects.filter(pk=read[0], nonce=read[1]).first() if read else None


@secret
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """The preferences behind the secret link of every letter."""
    subscriber = _subscriber(token)
    if subscriber is None:
        return show(request, "stale", _("This link no longer holds"), status=404)
    form = PreferencesForm(request.POST or None, subscriber=subscriber)
    status = 200
    if request.method == "POST":
        headers, host = request.headers, request.get_host()
        own = is_own_site(host, headers.get("Sec-Fetch-Site", ""), headers.get("Origin", ""))
        if not own:
            form.add_error(None, say_refusal(Refusal.FOREIGN))
        elif form.is_valid():
            try:
                actions.change_preferences(
                    subscriber=subscriber,
                    topics=form.chosen_topics(),
                    frequency=form.cleaned_data["irama"],
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return _after_change(token)
        status = 422
    return show(
        request,
        "manage",
        _("Your subscription"),
        status=status,
        form=form,
        leave_url=reverse("subscriptions:leave", args=[token]),
        is_new="baru" in request.GET,
        is_saved="tersimpan" in request.GET,
    )


def _after_change(token: str) -> HttpResponse:
    if _subscriber(token) is None:  # nothing was left
        return SeeOther(reverse("subscriptions:left"))
    return SeeOther(f"{reverse('subscriptions:manage', args=[token])}?tersimpan=1")


@secret
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave with one press; mail programs post here by themselves (RFC 8058), from anywhere."""
    subscriber = _subscriber(token)
    if request.method == "POST":
        if subscriber:
            actions.leave(subscriber=subscriber)
        return SeeOther(reverse("subscriptions:left"))
    if subscriber is None:
        return SeeOther(reverse("subscriptions:left"))
    return show(request, "leave", _("Stop the letters?"))
