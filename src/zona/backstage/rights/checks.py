"""What `zona check` says about rights: whether they are those that follow from the roles."""

from __future__ import annotations

from django.core.checks import CheckMessage, Warning, register

from .provision import find_all_drift


@register("installation", deploy=True)
def check_drift(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    return [
        Warning(sentence, hint="Jalankan: zona provision", id="rights.W001")
        for sentence in find_all_drift()
    ]
