"""Who must agree before an item comes out, and who may agree: plain values in, plain values out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

EDITOR, LEADER = "editor", "leader"
STEPS: dict[str, tuple[str, ...]] = {"none": (), "editor": (EDITOR,), "leader": (EDITOR, LEADER)}

# The roles that decide a step; where nobody else holds one of a rung, the next rung decides, so
# that no office is stuck for want of an editor.
EDITORS = ("editor", "koordinator")
LEADERS = ("ketua", "pengarah")
ADMINISTRATORS = ("admin_kantor",)
LADDER: dict[str, tuple[tuple[str, ...], ...]] = {
    EDITOR: (EDITORS, LEADERS, ADMINISTRATORS),
    LEADER: (LEADERS, ADMINISTRATORS),
}

LINK_HOURS = 72
PIN_MINUTES = 15
PIN_TRIES = 5  # of one code
MOST_PINS = 3  # of one link, so 15 guesses at one in a million
OWN_SHARE = 0.2  # of the words; who wrote more than that has written the item


def deciding_roles(step: str, present: Collection[str]) -> tuple[str, ...]:
    """The roles that decide a step.

    `present`: the roles held in the office by everyone but the writer. The step's own roles always
    decide; those of a later rung only when nobody stands on a rung before.
    """
    own, *later = LADDER[step]
    if any(role in present for role in own):
        return own
    for rung in later:
        if any(role in present for role in rung):
            return own + rung
    return own


def steps_to_ask(approval: str, *, may_publish: bool) -> tuple[str, ...]:
    """The steps when somebody asks; one who may not publish at all needs at least an editor."""
    return STEPS[approval] or (() if may_publish else (EDITOR,))


def what_next(steps: Sequence[str], *, is_writer: bool, may: Collection[str]) -> str:
    """ "publish" or "ask" for one person, who may decide the steps in `may`.

    Whoever may decide every step, and did not write the item, agrees by publishing it.
    """
    if not steps:
        return "publish"
    return "publish" if not is_writer and all(step in may for step in steps) else "ask"


def settle(steps: Sequence[str], done: int, may: Collection[str]) -> int:
    """How many steps are done after a person who may decide `may` has agreed, with `done` before.

    One word is enough for all the steps in a row that the person may decide; none is skipped.
    """
    while done < len(steps) and steps[done] in may:
        done += 1
    return done


def own_share(versions: Sequence[tuple[bool, str]]) -> float:
    """Which part of the words of the last version a person put in; 0 to 1, order apart.

    `versions`: the oldest first, each with whether that person saved it.
    """
    own: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for is_own, text in versions:
        words = Counter(text.split())
        if is_own:
            own += words - before
        before = words
    total = before.total()
    return (before & own).total() / total if total else 0.0


def mask_address(address: str) -> str:
    """An e-mail address as its owner knows it again and nobody else: si••••@kpu.go.id."""
    name, _at, host = address.partition("@")
    return f"{name[:2]}••••@{host}"
