"""What an office lets nobody publish, unless somebody says why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.offices.models import User
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from .apart import PATIENCE
from .checking import Checked, Told, check_page
from .texts import BLOCKABLE, TEXTS

__all__ = [
    "BLOCKABLE",
    "Answer",
    "ask_gate",
    "held_back",
    "is_checked",
    "note_passing",
    "reasons_in",
]

REASON_LENGTH = 10  # characters that a reason must have at least
MOST_REASON = 300
PREFIX = "alasan-"  # of the fields in which the panel asks for reasons


def is_checked(page: BasePage) -> bool:
    """Whether the checker reads pages of this kind."""
    return page.kind in KINDS and page.office_id is not None


def reasons_in(typed: Mapping[str, str]) -> dict[str, str]:
    """Rule -> reason, from the fields of the panel."""
    return {
        name.removeprefix(PREFIX): typed[name].strip()[:MOST_REASON]
        for name in typed
        if name.startswith(PREFIX) and typed[name].strip()
    }


def held_back(checked: Checked, reasons: Mapping[str, str]) -> list[Told]:
    """The findings that hold an item back and for which no (long enough) reason was given."""
    return [
        row
        for row in checked.told
        if row.holds and len(reasons.get(row.finding.code, "").strip()) < REASON_LENGTH
    ]


def in_words(rows: Iterable[Told]) -> list[str]:
    """One sentence a rule; never what stands in the text."""
    names = list(dict.fromkeys(row.name for row in rows))
    return [
        _("“%(rule)s” holds the item back: mend it, or say why in at least %(count)s letters.")
        % {"rule": name, "count": REASON_LENGTH}
        for name in names
    ]


@dataclass(frozen=True)
class Answer:
    """Whether an item may go out.

    `blocked`: what holds it back, in words. `passed`: rule -> reason, of findings that would hold
    it back and were passed over.
    """

    blocked: list[str] = field(default_factory=list)
    passed: dict[str, str] = field(default_factory=dict)


def ask_gate(page: BasePage, reasons: Mapping[str, str] | None = None) -> Answer:
    """What the checker says of the version that is to go out; changes nothing."""
    if not is_checked(page):
        return Answer()
    given = reasons or {}
    checked = check_page(page, given, wait=PATIENCE)
    held = held_back(checked, given)
    if held:
        return Answer(in_words(held))
    codes = sorted({row.finding.code for row in checked.told if row.holds})
    return Answer(passed={code: given[code].strip() for code in codes})


def note_passing(actor: User | None, page: BasePage, answer: Answer) -> None:
    """Note that findings were passed over, and why: rules and reasons, nothing of the text.

    Called in the transaction that publishes, or asks for approval.
    """
    if not answer.passed:
        return
    record(
        actor=actor,
        verb="checker.check_overridden",
        target=page,
        office_code=page.office.code,
        reason=" / ".join(dict.fromkeys(answer.passed.values())),
        changes={"rules": [[], [code for code in answer.passed if code in TEXTS]]},
    )
