"""How a link for reviewing reaches somebody without an account."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zona.ground.mail.letters import render
from zona.ground.mail.sending import try_to_send

from .models import ReviewLink
from .rules.approval import PIN_MINUTES


def address_of(token: str) -> str:
    """The whole address that a token opens."""
    return f"{settings.BASE_URL}{reverse('newsroom:review_link', args=[token])}"


def until_of(link: ReviewLink) -> str:
    """When the link ends, by the office's own clock."""
    office = link.review.office
    return date_format(link.expires_at.astimezone(office.tz), "l, j F Y, H.i") + f" {office.zone}"


def title_of(link: ReviewLink) -> str:
    return str(link.review.revision.object_str)


def message_for(link: ReviewLink, token: str) -> str:
    """What the person reads in WhatsApp."""
    return _(
        "%(office)s asks you to read “%(title)s” before it is published, and to write what you"
        " think of it:\n"
        "%(url)s\n\n"
        "The link is for you alone and is open until %(until)s."
    ) % {
        "office": link.review.office.short_name,
        "title": title_of(link),
        "url": address_of(token),
        "until": until_of(link),
    }


def whatsapp_url(text: str, number: str) -> str:
    """Opens WhatsApp with the text, at the person where the number is known."""
    return f"https://wa.me/{number}?text={quote(text)}"


def send_link(link: ReviewLink, token: str, address: str) -> bool:
    """Send the link by e-mail; False when the mail server does not take it."""
    subject = _("Please read before publication: %(title)s") % {"title": title_of(link)}
    context: dict[str, object] = {"url": address_of(token), "until": until_of(link)}
    return _send(link, subject, "review_link", context, address)


def send_pin(link: ReviewLink, pin: str, address: str) -> bool:
    """Send the code that a decision asks for; False when the mail server does not take it."""
    subject = _("Your code for “%(title)s”") % {"title": title_of(link)}
    return _send(link, subject, "review_pin", {"pin": pin, "minutes": PIN_MINUTES}, address)


def _send(
    link: ReviewLink, subject: str, letter: str, context: dict[str, object], address: str
) -> bool:
    office = link.review.office
    made = render(
        f"newsroom/letters/{letter}",
        {"link": link, "office": office, "title": title_of(link)} | context,
        has_html=False,
        to=address,
        subject=subject,
        reply_to=office.email,
    )
    return try_to_send(made, f"A letter ({letter}) of link {link.pk}")
