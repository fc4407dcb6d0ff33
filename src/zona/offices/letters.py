"""Letters the room sends by e-mail."""

from __future__ import annotations

from urllib.parse import quote

from django.utils.translation import gettext as _

from zona.ground.mail.letters import render
from zona.ground.mail.sending import mail_leaves, try_to_send

from .models import Invitation


def message_for(invitation: Invitation, url: str) -> str:
    """What the colleague reads where a person passes the link on, by WhatsApp for instance."""
    return _(
        "%(office)s invites %(name)s to work on its website. Open this address, choose a password"
        " and begin:\n%(url)s\n\nThe address is for you alone and is valid for a week."
    ) % {"office": invitation.office.short_name, "name": invitation.name, "url": url}


def whatsapp_url(text: str) -> str:
    """Opens WhatsApp with the text; whom it goes to is chosen there."""
    return f"https://wa.me/?text={quote(text)}"


def send_invitation(invitation: Invitation, url: str) -> bool:
    """Send the link; False when it does not leave, so that a person passes it on."""
    if not mail_leaves():
        return False
    letter = render(
        "offices/people/invitation",
        {"invitation": invitation, "url": url},
        has_html=False,
        to=invitation.email,
        subject=_("Invitation to work for %(office)s") % {"office": invitation.office},
    )
    return try_to_send(letter, f"Invitation {invitation.pk}")
