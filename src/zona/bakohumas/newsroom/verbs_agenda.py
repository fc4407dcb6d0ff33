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
    register_verb("newsroom.kinds_added", _("added kinds of activity"), {"codes": _("kinds")})
    register_verb("newsroom.kind_added", _("added the kind of activity {target}"))
    register_verb("newsroom.kind_changed", _("changed the kind of activity {target}"))
    register_verb("newsroom.event_added", _("put {target} on the agenda"), count)
    register_verb("newsroom.event_changed", _("changed {target}"), facts)
    register_verb("newsroom.event_cancelled", _("cancelled {target}"), count)
    register_verb("newsroom.event_restored", _("put {target} back: it takes place"))
    register_verb(
        "newsroom.offices_named", _("named offices to {target}"), {"offices": _("offices")}
    )
    register_verb("newsroom.document_added", _("added a paper to {target}"), title)
    register_verb("newsroom.document_removed", _("removed a paper from {target}"), title)
    register_verb(
        "newsroom.follow_up_added", _("noted a follow-up of {target}"), {"due_on": _("until")}
    )
    register_verb("newsroom.follow_up_done", _("finished a follow-up of {target}"))
    register_verb("newsroom.follow_up_reopened", _("reopened a follow-up of {target}"))
    register_verb(
        "newsroom.agenda_imported",
        _("imported an agenda"),
        {"added": _("added"), "updated": _("updated")},
    )
