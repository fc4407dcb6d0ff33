"""What `zona check` says about offices and the calendar (warnings, plain Indonesian)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.core.checks import CheckMessage, Warning, register
from django.utils import timezone

from .models import Holiday, Office, ServiceHours
from .queries import offices as queries

DECREE_EXPECTED = 10
"""Month from which the coming year's decree on holidays (SKB) is normally out."""


@register("installation", deploy=True)
def check_installation(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """All of it as Django's checks, which `zona check` prints."""
    found = [*check_offices(), *check_holidays()]
    return [Warning(sentence, id="offices.W001") for sentence in found]


def check_offices() -> Iterator[str]:
    """One sentence for each thing that is missing, telling how to mend it."""
    served = list(queries.open_offices().filter(is_demo=False).order_by("code"))
    with_hours = set(ServiceHours.objects.values_list("office_id", flat=True))
    if not Office.objects.exists():
        yield "Daftar kantor kosong. Jalankan: zona offices load"
    for office in served:
        where = f"{office.short_name} ({office.code})"
        if not office.is_ready:
            yield (
                f"{where}: persiapan awal belum selesai. Administrator kantor masuk lewat "
                "/kantor/, lalu mengikuti langkahnya."
            )
        elif office.pk not in with_hours:
            yield f"{where}: jam layanan kosong. Isi di /kantor/jam-layanan/{office.code}/"


def check_holidays(today: dt.date | None = None) -> Iterator[str]:
    """Whether the calendars of this year and, from October, of the next are settled."""
    today = today or timezone.localdate()
    years = [today.year] + ([today.year + 1] if today.month >= DECREE_EXPECTED else [])
    for year in years:
        days = queries.holidays_of_year(year)
        estimated = [day for day in days if day["is_estimated"]]
        has_leave = any(day["kind"] == Holiday.Kind.COLLECTIVE for day in days)
        faults = []
        if estimated:
            faults.append(f"{len(estimated)} tanggal masih perkiraan")
        if not has_leave and queries.counts_collective_leave():
            faults.append("cuti bersama belum ada")
        if faults:
            yield (
                f"Kalender libur {year}: {' dan '.join(faults)}. Perbarui Zona, atau isi menurut "
                f"SKB di /kantor/hari-libur/?tahun={year}"
            )
