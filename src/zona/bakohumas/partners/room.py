"""What the house must know about this room."""

from zona.ground.house import Room

ROOM = Room(
    staff_urls="zona.bakohumas.partners.staff_urls",
    private=frozenset(("Contact", "Touch")),
)
