"""How the failures of all services read, and what a broken connection means."""

from __future__ import annotations

import httpx
from django.utils.translation import gettext as _

from .base import Failure, Later, Refused, SignInAgain, Uncertain

# Broken before anything was sent. Everything else that breaks may have arrived.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def unreachable(wait: float | None = None) -> Later:
    """No answer, and nothing was posted."""
    return Later(_("The service cannot be reached just now."), wait)


def busy(wait: float | None = None) -> Later:
    """The service asks for patience; `wait` in seconds."""
    return Later(_("The service asks us to wait before the next post."), wait)


def lost() -> Uncertain:
    """The call went out and no clear answer came back."""
    return Uncertain(_("The connection broke while sending. It may have been posted."))


def signed_out(message: str) -> SignInAgain:
    """The token or its rights; `message` as the service puts it."""
    return SignInAgain(
        _("The service does not let us post with this account: %(message)s")
        % {"message": brief(message)}
    )


def refused(message: str) -> Refused:
    """This post, as it is; `message` as the service puts it."""
    return Refused(_("The service refused this: %(message)s") % {"message": brief(message)})


def broken(error: BaseException, *, final: bool) -> Failure:
    """What an error of the connection means. `final`: the call is the one the public would see."""
    return lost() if final and not isinstance(error, NOT_SENT) else unreachable()


def brief(message: str) -> str:
    """One line of at most 300 characters."""
    line = " ".join(str(message).split())
    return line if len(line) <= 300 else line[:299] + "…"
