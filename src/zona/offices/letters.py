"""Letters the room sends by e-mail."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zona.mail.letters import render
from zona.mail.sending import try_to_send

from .models import Invitation


def send_invitation(invitation: Invitation, url: str) -> bool:
    """Send the link; False when the mail server does not take it, so that a person passes it on."""
    letter = render(
        "offices/people/invitation",
        {"invitation": invitation, "url": url},
        has_html=False,
        to=invitation.email,
        subject=_("Invitation to work for %(office)s") % {"office": invitation.office},
    )
    return try_to_send(letter, f"Invitation {invitation.pk}")
