"""What the house must know about this room."""

from zona.ground.house import Room

ROOM = Room(
    staff_urls="zona.bakohumas.partners.staff.urls",
    private=frozenset(("Contact", "Touch")),
)
