"""What the script of web push asks and tells; JSON in, JSON out."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from zona.ground.guard.actions import examine
from zona.ground.guard.rules import Limit
from zona.ground.guard.views import public_form, say_refusal
from zona.offices.models import Office
from zona.offices.queries.offices import open_offices

from .. import actions
from ..sending import push

REGISTRATIONS = Limit(proven=60, unproven=0)  # there is always a script, so always a proof
MOST_BYTES = 8_000


@require_safe
def show_key(request: HttpRequest) -> HttpResponse:
    """The public key with which a browser subscribes."""
    response = JsonResponse({"key": push.public_key()})
    response["Cache-Control"] = "no-store"
    return response


def _read(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object. Raises ValueError."""
    if len(request.body) > MOST_BYTES:
        raise ValueError("too long")
    data = json.loads(request.body)
    if not isinstance(data, dict) or not isinstance(data.get("endpoint"), str):
        raise ValueError("not a subscription")
    return data


def _problem(detail: str, status: int) -> HttpResponse:
    return JsonResponse({"detail": detail}, status=status, content_type="application/problem+json")


@public_form
@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Follow an office in this browser: {endpoint, keys, office, topic, proof}."""
    try:
        data = _read(request)
    except ValueError:
        return _problem("", 400)
    verdict = examine(
        request, "subscriptions.push", REGISTRATIONS, proof_text=str(data.get("proof", ""))
    )
    if verdict.refusal:
        return _problem(say_refusal(verdict.refusal), 429)
    office: Office | None = open_offices().filter(code=str(data.get("office", ""))).first()
    keys = data.get("keys")
    if office is None or not isinstance(keys, dict):
        return _problem("", 400)
    try:
        actions.register_push(
            office=office,
            topic=str(data.get("topic", "kantor")),
            endpoint=data["endpoint"],
            keys={name: str(value) for name, value in keys.items()},
        )
    except ValidationError as error:
        return _problem(" ".join(error.messages), 422)
    return JsonResponse({"following": True}, status=201)


@public_form
@require_POST
def unregister(request: HttpRequest) -> HttpResponse:
    """Forget this browser: {endpoint}. Its address is known to it and to us alone."""
    try:
        data = _read(request)
    except ValueError:
        return _problem("", 400)
    actions.unregister_push(endpoint=data["endpoint"])
    return JsonResponse({"following": False})
