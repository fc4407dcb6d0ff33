"""Letting a form in or turning it away, and forgetting who came."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from . import proof, rules
from .models import DailySalt, Spent, Trace, Tries
from .rules import Limit

PROOF_FIELD = "bukti"
TRAP_FIELD = "situs_web"


class Refusal(Enum):
    """Why a form was not let in."""

    FOREIGN = "foreign"  # sent from a page of another site
    TRAPPED = "trapped"  # a field that no person sees was filled
    REPLAYED = "replayed"  # the same proof once more, mostly a double press
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard found: let in unless there is a refusal."""

    is_proven: bool = False
    refusal: Refusal | None = None


def today() -> dt.date:
    return timezone.localdate()


def examine(request: HttpRequest, scope: str, limit: Limit, *, proof_text: str = "") -> Verdict:
    """Look a sent form over and count it against its limit.

    `proof_text`: the proof where it does not stand in the form's own field.
    """
    host, headers = request.get_host(), request.headers
    if not rules.is_own_site(host, headers.get("Sec-Fetch-Site", ""), headers.get("Origin", "")):
        return Verdict(refusal=Refusal.FOREIGN)
    if request.POST.get(TRAP_FIELD):
        return Verdict(refusal=Refusal.TRAPPED)
    try:
        is_proven = proof.accept_proof(proof_text or request.POST.get(PROOF_FIELD, ""))
    except proof.Replayed:
        return Verdict(refusal=Refusal.REPLAYED)
    kind, most = ("proven", limit.proven) if is_proven else ("unproven", limit.unproven)
    if count(f"{scope}.{kind}", network_of(request)) > most:
        return Verdict(is_proven, Refusal.TOO_MANY)
    return Verdict(is_proven)


def network_of(request: HttpRequest) -> str:
    """The network a request came from, by the proxies that are trusted."""
    address = rules.pick_address(
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("X-Forwarded-For", ""),
        settings.ENV.trusted_proxies,
    )
    return rules.name_network(address)


@transaction.atomic
def count(*parts: str, by: int = 1) -> int:
    """How often this happened today, this time included; or how much, counted `by` an amount."""
    day = today()
    key = rules.hash_key(_salt(day), *parts)
    Trace.objects.bulk_create([Trace(day=day, key=key)], ignore_conflicts=True)
    Trace.objects.filter(day=day, key=key).update(count=F("count") + by)
    return Trace.objects.values_list("count", flat=True).get(day=day, key=key)


def _salt(day: dt.date) -> bytes:
    row = DailySalt.objects.filter(day=day).first()
    if row is None:
        fresh = DailySalt(day=day, salt=secrets.token_bytes(32))
        DailySalt.objects.bulk_create([fresh], ignore_conflicts=True)
        row = DailySalt.objects.get(day=day)
    return bytes(row.salt)


@transaction.atomic
def forget() -> int:
    """Delete what belongs to days gone by, and whatever has run out."""
    removed = 0
    for model in (Trace, DailySalt):
        removed += model.objects.filter(day__lt=today()).delete()[0]
    for kept in (Spent, Tries):
        removed += kept.objects.filter(expires_at__lt=timezone.now()).delete()[0]
    return removed
