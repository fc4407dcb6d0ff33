"""How a text is understood, asked by the field it stands in. Keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from . import rules
from .words import explain

SAY: Mapping[str, Callable[[str], str]] = {
    "date": lambda text: rules.say_day(rules.read_date(text)),
    "time": lambda text: rules.say_time(rules.read_time(text)),
    "moment": lambda text: _say_moment(text),
    "number": lambda text: rules.say_number(rules.read_number(text)),
}


def _say_moment(text: str) -> str:
    moment = rules.read_moment(text)
    return f"{rules.say_day(moment.date())}, {rules.say_time(moment.time())}"


@require_safe
def read(request: HttpRequest) -> JsonResponse:
    """?jenis=date&teks=31/12/26 → {"said": "Kamis, 31 Desember 2026"} or {"wrong": "…"}."""
    say = SAY.get(request.GET.get("jenis", ""))
    if say is None:
        return JsonResponse({"said": "", "wrong": ""}, status=404)
    try:
        return JsonResponse({"said": say(request.GET.get("teks", "")), "wrong": ""})
    except rules.Unreadable as unreadable:
        return JsonResponse({"said": "", "wrong": explain(unreadable)})
