"""Telling staff that something waits: places outside Zona, reached through apprise.

Only services that speak TLS, only hosts that the whole world can reach, no redirects: whoever may
write an address here must not reach into our own network with it.
"""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from zona.ground.sealing.boxes import CannotOpen
from zona.offices.models import Office

from ..adapters.base import Failure
from ..adapters.reach import require_public
from ..models import SECRETS, AlertTarget

logger = logging.getLogger("zona.bakohumas.channels")

# What may be written, and how it looks.
FORMS = {
    "tgram": "tgram://TOKEN/CHAT",
    "mailtos": "mailtos://nama:sandi@smtp.contoh.go.id/?to=humas@contoh.go.id",
    "ntfys": "ntfys://ntfy.sh/topik-kantor",
    "jsons": "jsons://contoh.go.id/alamat",
}
TIMEOUT = 15  # seconds, for one place
MOST_FAILURES = 20  # in a row, then nothing is sent there until a person looks


class BadAddress(ValueError):
    """The address is none that may be written here; the message says why."""


def notify(*, office: Office, topic: str, text: str) -> int:
    """Tell every place of the office that wants the topic; returns how many took it.

    Calls other servers: never within a transaction, and in the worker rather than in a request.
    """
    targets = AlertTarget.objects.filter(
        office=office, is_active=True, failures__lt=MOST_FAILURES
    ).select_related("office")
    return sum(
        send(target, text) for target in targets if not target.topics or topic in target.topics
    )


def send(target: AlertTarget, text: str) -> bool:
    """One sentence to one place; a failure is counted and its reason kept."""
    reason = _try(target, text)
    if reason:
        logger.warning("Alert to place %s failed: %s", target.pk, reason)
    with transaction.atomic():
        _note(target, reason)
    return not reason


def _note(target: AlertTarget, reason: str) -> None:
    """Write what came of it, unless a person put the place right or removed it meanwhile."""
    target.last_reason = reason[:250]
    row = AlertTarget.objects.select_for_update(of=("self",)).filter(pk=target.pk).first()
    if row is None or (row.is_active, row.failures) != (target.is_active, target.failures):
        return
    row.failures = min(row.failures + 1, MOST_FAILURES) if reason else 0
    row.last_reason = target.last_reason
    row.save(update_fields=["failures", "last_reason"])


def _try(target: AlertTarget, text: str) -> str:
    """Why it did not arrive; "" when it did."""
    import apprise

    try:
        plugin = read_address(SECRETS.unseal(target.sealed))
    except BadAddress as error:
        return str(error)
    except CannotOpen:
        return _("The stored address can no longer be read. Write it again.")
    sender = apprise.Apprise(asset=plugin.asset)
    sender.add(plugin)
    if sender.notify(body=text, title=target.office.short_name, timeout=TIMEOUT):
        return ""
    return _("The service did not take the message.")


def seal_address(url: str) -> bytes:
    """What is stored of an address. Raises BadAddress."""
    read_address(url)
    return SECRETS.seal(url.strip())


def read_address(url: str):  # type: ignore[no-untyped-def]  # a plugin of apprise, untyped
    """The plugin behind an address. Raises BadAddress."""
    import apprise

    scheme = url.strip().partition("://")[0].lower()
    if scheme not in FORMS:
        known = ", ".join(f"{name}://" for name in FORMS)
        raise BadAddress(_("The address must begin with one of these: %s") % known)
    asset = apprise.AppriseAsset(http_redirects=False, app_id="Zona", app_url="")
    plugin = apprise.Apprise.instantiate(url.strip(), asset=asset)
    if plugin is None:
        raise BadAddress(_("This address is not complete. Compare it with the examples."))
    host = str(getattr(plugin, "smtp_host", "") or getattr(plugin, "host", "") or "")
    if scheme in {"jsons", "mailtos"} or (
        scheme == "ntfys" and str(getattr(plugin, "mode", "")).lower().endswith("private")
    ):
        try:
            require_public(host)
        except Failure as failure:
            raise BadAddress(failure.reason) from failure
    return plugin
