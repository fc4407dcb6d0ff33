"""Web push: keys (VAPID, RFC 8292), the message, and what the push service answers."""

from __future__ import annotations

import base64
import datetime as dt
import json
from functools import lru_cache
from typing import Any

import requests
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from zona.ground.mail.failures import Refused
from zona.ground.outbox.claims import settle

from .. import rules
from ..models import PUSH_KEYS, Delivery, PushKey, Subscriber
from . import letters

KEEP = 24 * 60 * 60  # seconds a push service may hold a message for a device that is off
TIMEOUT = 10  # seconds
DECLARATIVE = 8030  # how a message says that Safari may show it without our script


class Gone(Exception):
    """The browser took its permission back, or is no more."""


class Later(Exception):
    """The push service does not take it now."""

    def __init__(self, wait: dt.timedelta | None = None) -> None:
        super().__init__()
        self.wait = wait


class NoRedirects(requests.Session):
    """Goes where it was told and nowhere else: the address came from a stranger."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs["allow_redirects"] = False
        return super().request(*args, **kwargs)


def load_key() -> Vapid02:
    """The installation's key; drawn when first asked for."""
    return _parse_key(_sealed_key())


def _sealed_key() -> bytes:
    row = PushKey.objects.first()
    if row is None:
        fresh = Vapid02()
        fresh.generate_keys()
        try:
            with transaction.atomic():
                PushKey(sealed=PUSH_KEYS.seal(fresh.private_pem().decode())).save()
        except IntegrityError:
            pass  # another process was first; its key holds
        row = PushKey.objects.get()
    return bytes(row.sealed)


@lru_cache(maxsize=4)
def _parse_key(sealed: bytes) -> Vapid02:
    return Vapid02.from_pem(PUSH_KEYS.unseal(sealed).encode())


def public_key() -> str:
    """The public key as a browser wants it: an uncompressed point, base64url."""
    point = load_key().public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def make_message(row: Delivery) -> str:
    """JSON that our service worker shows, and Safari by itself (Declarative Web Push)."""
    page = row.page
    notification = {
        "title": rules.shorten_bytes(row.office.short_name, 200),
        "body": rules.shorten_bytes(page.title, 600),
        "lang": "id",
        "dir": "ltr",
        "tag": f"kabar-{page.pk}",
        "navigate": letters.public_url(page),
    }
    message = {"web_push": DECLARATIVE, "notification": notification}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def send_items(
    subscriber: Subscriber, rows: list[Delivery], session: requests.Session | None = None
) -> None:
    """One push an item; marks each row that left. Raises Gone, Later or mail's Refused."""
    info = json.loads(subscriber.address)
    if not rules.is_push_service(info["endpoint"]):
        raise Gone  # it was known once
    key = load_key()
    with session or NoRedirects() as line:
        for row in rows:
            _send(info, make_message(row), key, row, line)
            settle(row, state=Delivery.State.SENT, sent_at=timezone.now())


def _send(
    info: dict[str, Any], message: str, key: Vapid02, row: Delivery, line: requests.Session
) -> None:
    sender = settings.BASE_URL
    if not sender.startswith("https:"):
        sender = f"mailto:{settings.DEFAULT_FROM_EMAIL}"
    try:
        webpush(
            info,
            data=message,
            vapid_private_key=key,
            vapid_claims={"sub": sender},
            ttl=KEEP,
            timeout=TIMEOUT,
            headers={"Urgency": "normal", "Topic": f"kabar-{row.page_id}"},
            requests_session=line,
        )
    except WebPushException as error:
        answer = error.response
        code = answer.status_code if answer is not None else 0
        if code in (404, 410):
            raise Gone from error
        if code == 429 or code >= 500 or code == 0:
            after = answer.headers.get("Retry-After", "") if answer is not None else ""
            raise Later(rules.parse_retry_after(after)) from error
        raise Refused(f"push {code}") from error
    except requests.RequestException as error:
        raise Later from error
