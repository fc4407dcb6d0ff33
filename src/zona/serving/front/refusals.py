"""Plain pages that say why nothing was done and what to do. They need no database."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_ROOM = 507


class Words(NamedTuple):
    title: Promise
    lead: Promise
    advice: Promise


WORDS = {
    408: Words(
        _("What you sent did not arrive"),
        _("For a while nothing more came in, so we stopped waiting. Nothing was stored."),
        _("Look at your connection, go back, and send it once more."),
    ),
    413: Words(
        _("That is too large"),
        _("What you sent is larger than this address takes. Nothing was stored."),
        _(
            "Go back and send a shorter text or a smaller file. If you work here, sign in again"
            " first: your session may have ended."
        ),
    ),
    429: Words(
        _("That was much for one day"),
        _("Very much was sent from your network today. Nothing of the last was stored."),
        _("Try again tomorrow, or come to our office with your files during service hours."),
    ),
    500: Words(
        _("Something went wrong on our side"),
        _("This page cannot be shown. It is not your fault, and it was noted for us to mend."),
        _("Try again in some minutes. If it is urgent, call or visit our office."),
    ),
    NO_ROOM: Words(
        _("Nothing can be stored at the moment"),
        _("Our server has no room left, so what you sent was not stored. You can go on reading."),
        _(
            "Keep your text, and try again later. If it is urgent, call or visit our office during"
            " service hours. If you work here, tell whoever looks after the server: zona check"
            " says what to do."
        ),
    ),
}


@lru_cache
def refusal_page(status: int, language: str) -> bytes:
    """The page of a status in a language ("id", "en"); empty where there is nothing to say."""
    words = WORDS.get(status)
    if words is None:
        return b""
    with translation.override(language):
        said = {name: str(text) for name, text in words._asdict().items()}
        return render_to_string("serving/refused.html", said | {"language": language}).encode()
