"""How the agenda reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zona.ground.journal.verbs import register_verb


def register_verbs() -> None:
    count, title = {"count": _("entries")}, {"title": _("title")}
    facts = {
        "kind": _("kind"),
        "title": _("what"),
        "summary": _("what it is about"),
        "starts_at": _("begins"),
        "ends_at": _("ends"),
        "is_all_day": _("all day"),
        "mode": _("how"),
        "place": _("where"),
        "online_url": _("address of the meeting, for staff only"),
        "people": _("who takes part"),
        "host": _("held by"),
        "host_name": _("name of the host"),
        "visibility": _("who may see it"),
    }
    register_verb("agenda.kinds_added", _("added kinds of activity"), {"codes": _("kinds")})
    register_verb("agenda.kind_added", _("added the kind of activity {target}"))
    register_verb("agenda.kind_changed", _("changed the kind of activity {target}"))
    register_verb("agenda.event_added", _("put {target} on the agenda"), count)
    register_verb("agenda.event_changed", _("changed {target}"), facts)
    register_verb("agenda.event_cancelled", _("cancelled {target}"), count)
    register_verb("agenda.event_restored", _("put {target} back: it takes place"))
    register_verb("agenda.offices_named", _("named offices to {target}"), {"offices": _("offices")})
    register_verb("agenda.document_added", _("added a paper to {target}"), title)
    register_verb("agenda.document_removed", _("removed a paper from {target}"), title)
    register_verb(
        "agenda.follow_up_added", _("noted a follow-up of {target}"), {"due_on": _("until")}
    )
    register_verb("agenda.follow_up_done", _("finished a follow-up of {target}"))
    register_verb("agenda.follow_up_reopened", _("reopened a follow-up of {target}"))
    register_verb(
        "agenda.agenda_imported",
        _("imported an agenda"),
        {"added": _("added"), "updated": _("updated")},
    )
    duty = {"person": _("person"), "due_at": _("until"), "state": _("state")}
    register_verb("agenda.duty_assigned", _("gave the duty {target}"), duty)
    register_verb("agenda.duty_taken", _("took the duty {target}"), duty)
    register_verb("agenda.duty_moved", _("changed the state of the duty {target}"), duty)
    item = {"page": _("item")}
    register_verb("agenda.item_linked", _("linked an item to {target}"), item)
    register_verb("agenda.item_unlinked", _("took an item off {target}"), item)
    reason = {"exception": _("no coverage because")}
    register_verb("agenda.event_excepted", _("noted that nothing is published of {target}"), reason)
    register_verb("agenda.exception_undone", _("put {target} back among what is covered"), reason)
