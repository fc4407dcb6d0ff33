"""Who must agree before an item comes out, and who may agree: plain values in, plain values out."""

from __future__ import annotations

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
