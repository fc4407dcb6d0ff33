"""What the house must know about this room."""

from zona.ground.house import Address, Room

ROOM = Room(
    staff_urls="zona.bakohumas.agenda.staff.urls",
    addresses=(Address("", "zona.bakohumas.agenda.urls"),),
    reserved=frozenset(("agenda",)),
    public=frozenset(("EventKind", "Event_contacts", "Event")),
    private=frozenset(("EventDocument", "FollowUp", "Participation", "Coverage", "Assignment")),
    at_start=("seed_agenda",),
    when_published=("zona.bakohumas.agenda.steps.settle_duties",),
)
