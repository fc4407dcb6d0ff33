"""Letters of this room: the request to confirm, one item, several items."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zona.ground.mail.letters import Letter, render
from zona.ground.mail.sending import try_to_send
from zona.offices.models import Office
from zona.website.site.models import BasePage
from zona.website.site.pages import rows as cards

from .. import queries
from ..actions import confirmation_token
from ..models import Delivery, Subscriber, Subscription


def absolute(path: str) -> str:
    return settings.BASE_URL + path


def public_url(page: BasePage) -> str:
    """The full address of a page, at its office's own host where it has one."""
    parts = page.get_url_parts()
    if not parts:
        return settings.BASE_URL
    _site, root, path = parts
    host = page.office.host if page.office else ""
    if host and urlsplit(root or "").hostname == host:
        return f"{urlsplit(settings.BASE_URL).scheme}://{host}{path}"
    return absolute(path)


def list_headers(subscriber: Subscriber, office: Office) -> dict[str, str]:
    """What lets a mail program show the list and its button to leave (RFC 2919, 2369, 8058)."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    leave_url = absolute(reverse("subscriptions:leave", args=[subscriber.token]))
    headers = {
        "List-Id": f"{office.short_name} <{office.code}.kabar.{host}>",
        "List-Unsubscribe": f"<{leave_url}>",
        "Precedence": "bulk",
        "Feedback-ID": f"{office.code}:kabar:zona",
    }
    if leave_url.startswith("https:"):  # RFC 8058, 3.1: an address over HTTPS
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def make_news(subscriber: Subscriber, rows: list[Delivery]) -> Letter:
    """One item by itself, or several in one letter; newest first."""
    with translation.override(subscriber.language):
        items = [_describe(row.page) for row in rows]
        office, first = rows[0].office, items[0]
        offices = {row.office_id for row in rows}
        if len(items) == 1:
            subject = first["title"]
        else:
            subject = ngettext(
                "%(n)s new item: %(title)s", "%(n)s new items: %(title)s", len(items)
            )
            subject %= {"n": len(items), "title": first["title"]}
        context = {
            "items": items,
            "office": office,
            "has_many_offices": len(offices) > 1,
            "manage_url": absolute(reverse("subscriptions:manage", args=[subscriber.token])),
            "leave_url": absolute(reverse("subscriptions:leave", args=[subscriber.token])),
        }
        return render(
            "subscriptions/letters/news",
            context,
            to=subscriber.address,
            subject=f"{office.short_name}: {subject}" if len(items) == 1 else subject,
            headers=list_headers(subscriber, office),
        )


def _describe(page: BasePage) -> dict[str, Any]:
    return {
        "title": page.title,
        "lead": page.lead,
        "url": public_url(page),
        "office": page.office.short_name,
        "date": cards.say_day(cards.local_day(page.first_published_at, page)),
    }


def send_confirmation(subscriber_id: int, wished: list[int], frequency: str) -> bool:
    """The letter with the link that confirms; False when nobody is there or it cannot be sent."""
    subscriber = Subscriber.objects.filter(pk=subscriber_id).first()
    if subscriber is None:
        return False
    rows = Subscription.objects.filter(pk__in=wished, subscriber=subscriber)
    rows = rows.select_related("office", "rubric", "tag")
    first = rows.first()
    if first is None:
        return False
    token = confirmation_token(subscriber, wished, frequency)
    with translation.override(subscriber.language):
        context = {
            "office": first.office,
            "topics": [queries.name_topic(row) for row in rows],
            "confirm_url": absolute(reverse("subscriptions:confirm", args=[token])),
        }
        letter = render(
            "subscriptions/letters/confirm",
            context,
            to=subscriber.address,
            subject=_("Confirm: news of %(office)s by e-mail")
            % {"office": first.office.short_name},
        )
    return try_to_send(letter, "A request to confirm")
