"""Loading the offices of the whole country from the Ministry's list of regions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from zona.ground.journal.actions import record

from .. import rules, signals
from ..models import Level, Office
from ..rules.regions import COUNTRY, full_name, make_slug

Changes: TypeAlias = dict[str, list[Any]]
"""{field: [old, new]}, plain values."""

_TAKEN_OVER = ["code", "level", "parent", "region", "long_name", "short_name", "zone", "slug"]


@dataclass
class Loaded:
    """What a run did."""

    made: list[Office] = field(default_factory=list)
    changed: list[tuple[Office, Changes]] = field(default_factory=list)
    abolished: list[tuple[Office, Changes]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.made or self.changed or self.abolished)


@transaction.atomic
def load_offices(*, actor: object | str | None, regions: Iterable[rules.Region]) -> Loaded:
    """Make and update KPU RI and the office of every region; never delete one.

    An office is known again by its level and name, then by its code, so that it stays the same when
    its code or province changes. What vanished from the list is marked as abolished. Nothing that
    the office itself edits is touched: a short name of its own and its address (slug) stay.
    Writes one nation-wide row and one for each office that changed. RegionError for a bad list.
    """
    listed = list(regions)
    rules.check_regions(listed)
    provinces = {region.code: region for region in listed if region.level == Level.PROVINCE}
    known = list(
        Office.objects.select_for_update(of=("self",)).select_related("parent").order_by("code")
    )
    run, same = Loaded(), _recognise([COUNTRY, *listed], known)
    codes = {COUNTRY.code, *(region.code for region in listed)}
    kept = {office.pk for office in same.values()}
    _abolish([office for office in known if office.pk not in kept], codes, run)
    _step_aside(same)
    placed: dict[str, Office] = {}
    for level in (
        [COUNTRY],
        list(provinces.values()),
        [region for region in listed if region.code not in provinces],
    ):
        placed |= _place(level, same, placed, provinces, run)
    if not run.is_empty:
        _write_record(actor, run)
        signals.offices_loaded.send(sender=Office)
    return run


def _recognise(regions: Sequence[rules.Region], known: Sequence[Office]) -> dict[str, Office]:
    """Which existing office each code of the list means: by name first, then by code."""
    by_name = {(office.level, office.region.casefold()): office for office in known}
    by_code = {office.code: office for office in known}
    same = {
        region.code: office
        for region in regions
        if (office := by_name.get((region.level, full_name(region).casefold())))
    }
    taken = {office.pk for office in same.values()}
    for region in regions:
        office = by_code.get(region.code)
        if region.code not in same and office is not None and office.pk not in taken:
            same[region.code] = office
    return same


def _spare_code(office: Office) -> str:
    """A code outside the Ministry's numbering, unique as the key is."""
    return f"~{office.pk:04}"


def _step_aside(same: dict[str, Office]) -> None:
    """Free the codes that change hands, so that two offices may swap theirs."""
    for code, office in same.items():
        if office.code != code:
            Office.objects.filter(pk=office.pk).update(code=_spare_code(office))


def _abolish(gone: Sequence[Office], codes: set[str], run: Loaded) -> None:
    """Mark what vanished from the list; a code that now means another region is given up."""
    today = timezone.localdate()
    for office in gone:
        changes: Changes = {}
        if office.abolished_on is None:
            changes["abolished_on"] = [None, today.isoformat()]
            office.abolished_on = today
        if office.code in codes:
            changes["code"] = [office.code, _spare_code(office)]
            office.code = _spare_code(office)
        if changes:
            office.save(update_fields=list(changes))
            run.abolished.append((office, changes))


def _place(
    regions: Sequence[rules.Region],
    same: dict[str, Office],
    above: dict[str, Office],
    provinces: dict[str, rules.Region],
    run: Loaded,
) -> dict[str, Office]:
    """Make or update the offices of one level; the level above is saved already."""
    holders: dict[tuple[int | None, str], int | None] = {
        (parent_id, slug): pk
        for pk, parent_id, slug in Office.objects.values_list("pk", "parent_id", "slug")
    }
    new: dict[str, Office] = {}
    changed: list[Office] = []
    for region in regions:
        parent = None if region is COUNTRY else above[region.parent or COUNTRY.code]
        office = same.get(region.code) or Office(slug=rules.name_office(region).slug)
        changes = _take_over(office, region, parent, rules.zone_of(region, provinces))
        wanted = office.slug
        if holders.setdefault((office.parent_id, wanted), office.pk) != office.pk:
            office.slug = make_slug(f"{wanted}-{region.code}")
            changes["slug"] = [wanted, office.slug]
        if office.pk is None:
            new[region.code] = office
        elif changes:
            changed.append(office)
            run.changed.append((office, changes))
        else:
            run.unchanged += 1
    run.made += Office.objects.bulk_create(new.values())
    Office.objects.bulk_update(changed, [*_TAKEN_OVER, "abolished_on"], batch_size=100)
    return {region.code: new.get(region.code) or same[region.code] for region in regions}


def _take_over(office: Office, region: rules.Region, parent: Office | None, zone: str) -> Changes:
    """Set what the list decides; returns what that changed."""
    names = rules.name_office(region)
    values: dict[str, Any] = {
        "code": region.code,
        "level": region.level,
        "parent": parent,
        "region": full_name(region),
        "long_name": names.long_name,
        "short_name": names.short_name if _has_given_name(office) else office.short_name,
        "zone": zone,
        "abolished_on": None,
    }
    changes: Changes = {}
    for name, value in values.items():
        old = getattr(office, name)
        if old != value:
            changes[name] = [_plain(old), _plain(value)]
            setattr(office, name, value)
    return changes


def _has_given_name(office: Office) -> bool:
    """Whether the short name is still the one the list gave it, not one of the office's own."""
    if office.pk is None:
        return True
    above = office.parent.code if office.parent else ""
    before = rules.Region(office.code, office.region, office.level, above)
    return office.short_name == rules.name_office(before).short_name


def _write_record(actor: object | str | None, run: Loaded) -> None:
    counts = {
        "made": len(run.made),
        "changed": len(run.changed),
        "abolished": len(run.abolished),
    }
    record(
        actor=actor,
        verb="offices.load",
        changes={name: [0, count] for name, count in counts.items() if count},
    )
    rows = [("offices.relocate", *row) for row in run.changed]
    rows += [("offices.abolish", *row) for row in run.abolished]
    for verb, office, changes in sorted(rows, key=lambda row: row[1].code):
        record(actor=actor, verb=verb, target=office, office_code=office.code, changes=changes)


def _plain(value: object) -> object:
    if isinstance(value, Office):
        return value.code
    return value if value is None else str(value)
