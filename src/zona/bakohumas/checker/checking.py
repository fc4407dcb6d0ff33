"""What the checker says of an item, in words. Only reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from zona.offices.models import Office
from zona.website.site.models import BasePage

from .apart import OPEN, WAIT, findings_of
from .drafting import draft_of_page
from .models import CheckerSettings
from .rules import Draft, Finding, House, Severity
from .texts import QUESTIONS, SEVERITIES, TEXTS


def settings_of(office: Office) -> CheckerSettings:
    """The office's row, or an unsaved one with the defaults."""
    found = CheckerSettings.objects.filter(office=office).first()
    return found or CheckerSettings(office=office)


def house_of(row: CheckerSettings) -> House:
    return House(dateline=row.dateline, title_length=row.title_length)


@dataclass(frozen=True)
class Told:
    """One finding as it is read: what is wrong, how it is mended, where it stands."""

    finding: Finding
    name: str
    what: str
    how: str
    severity: str
    start: int
    end: int
    holds: bool = False  # the office lets nothing out with it, unless somebody says why
    reason: str = ""

    @property
    def is_grave(self) -> bool:
        return self.finding.severity is not Severity.HINT

    def as_json(self) -> dict[str, object]:
        found = self.finding
        return {
            "code": found.code,
            "severity": found.severity.value,
            "field": found.field,
            "paragraph": found.paragraph,
            "start": self.start,
            "end": self.end,
            "excerpt": found.excerpt,
            "what": self.what,
            "how": self.how,
            "suggestion": found.suggestion,
            "holds": self.holds,
        }


@dataclass(frozen=True)
class Checked:
    """All that the checker says of one item."""

    told: Sequence[Told] = field(default_factory=list)

    @property
    def grave(self) -> list[Told]:
        return [row for row in self.told if row.is_grave]

    @property
    def hints(self) -> list[Told]:
        return [row for row in self.told if not row.is_grave]


def check_draft(
    draft: Draft,
    row: CheckerSettings,
    *,
    begins: Sequence[int] = (),
    reasons: Mapping[str, str],
    wait: float = WAIT,
) -> Checked:
    """`wait`: seconds. Where an office lets rules hold items back, the unchecked does too."""
    has_decided = row.pk is not None and row.blocking_rules
    holding = {*row.blocking_rules, *(OPEN if has_decided else ())}
    return Checked(
        [
            tell(
                found,
                begin=begins[found.paragraph] if begins and found.field == "text" else 0,
                holds=found.code in holding,
                reason=reasons.get(found.code, ""),
            )
            for found in findings_of(draft, house_of(row), wait=wait)
        ]
    )


def check_page(
    page: BasePage, reasons: Mapping[str, str] | None = None, *, wait: float = WAIT
) -> Checked:
    """What the checker says of an item of an office, as it stands in this instance."""
    row = settings_of(page.office)
    return check_draft(draft_of_page(page), row, reasons=reasons or {}, wait=wait)


def tell(finding: Finding, *, begin: int = 0, holds: bool = False, reason: str = "") -> Told:
    text = TEXTS[finding.code]
    values = finding.values
    if "questions" in values:
        asked = [str(QUESTIONS[name]) for name in values["questions"].split(",")]
        values["questions"] = ", ".join(asked)
    how = str(text.how) % values
    if values.get("other"):
        other = _("It may also be: %(other)s.") % values
        how = f"{how} {other}"
    return Told(
        finding=finding,
        name=str(text.name),
        what=str(text.what) % values,
        how=how,
        severity=str(SEVERITIES[finding.severity]),
        start=begin + finding.start,
        end=begin + finding.end,
        holds=holds,
        reason=reason,
    )
