"""Proof of work: ALTCHA, version 2 of its format, with one round of SHA-256.

The browser looks for the number under which `SHA-256(salt + nonce + number)` begins with a given
prefix: about half a second of work, without a puzzle and without a third party.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

import altcha
from django.utils import timezone

from zona.ground.sealing.keys import fingerprint

from .limits import spend

LIFETIME = dt.timedelta(minutes=20)
WORK = (5_000, 30_000)  # tries, least and most


class Replayed(Exception):
    """The proof was handed in before."""


def _secret() -> str:
    return fingerprint("guard.proof", "altcha")


def make_challenge() -> dict[str, Any]:
    """What the browser has to solve, as JSON; keeps nothing."""
    low, high = WORK
    challenge = altcha.create_challenge(
        "SHA-256",
        1,
        counter=low + secrets.randbelow(high - low),
        expires_at=timezone.now() + LIFETIME,
        hmac_secret=_secret(),
    )
    return challenge.to_dict()


def accept_proof(text: str) -> bool:
    """Whether the text is a valid proof; marks it as spent. Raises Replayed for one handed in."""
    if not text or len(text) > 4_000:
        return False
    if not altcha.verify_solution(text, _secret()).verified:
        return False
    signature = altcha.Payload.from_base64(text).challenge.signature or ""
    if not spend("proof", signature, lasts=LIFETIME):
        raise Replayed
    return True
