"""How coverage and writing read in a timeline."""

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb


def register_verbs() -> None:
    duty = {"person": _("person"), "due_at": _("until"), "state": _("state")}
    register_verb("newsroom.duty_assigned", _("gave the duty {target}"), duty)
    register_verb("newsroom.duty_taken", _("took the duty {target}"), duty)
    register_verb("newsroom.duty_moved", _("changed the state of the duty {target}"), duty)
    item = {"page": _("item")}
    register_verb("newsroom.item_linked", _("linked an item to {target}"), item)
    register_verb("newsroom.item_unlinked", _("took an item off {target}"), item)
    reason = {"exception": _("no coverage because")}
    register_verb(
        "newsroom.event_excepted", _("noted that nothing is published of {target}"), reason
    )
    register_verb("newsroom.exception_undone", _("put {target} back among what is covered"), reason)
    register_verb("newsroom.draft_begun", _("began the draft {target}"), {"events": _("events")})
    register_verb(
        "newsroom.item_published",
        _("published {target} from the newsroom"),
        {"live": _("public"), "risk": _("risk"), "channels": _("channels")},
    )
