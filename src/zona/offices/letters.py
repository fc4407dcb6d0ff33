"""Letters the room sends by e-mail."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .models import Invitation

logger = logging.getLogger("zona.offices")


def mail_leaves() -> bool:
    """Whether letters leave this machine; without a mail server they become files or console."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in {"console", "filebased", "dummy"}


def send_invitation(invitation: Invitation, url: str) -> bool:
    """Send the link; False when the mail server does not take it, so that a person passes it on."""
    subject = _("Invitation to work for %(office)s") % {"office": invitation.office}
    text = render_to_string("offices/people/invitation.txt", {"invitation": invitation, "url": url})
    try:
        return bool(EmailMessage(subject, text, to=[invitation.email]).send())
    except (smtplib.SMTPException, OSError):
        logger.exception("The invitation of %s could not be sent", invitation.email)
        return False
