"""What the house must know about this room."""

from zona.ground.house import Room

ROOM = Room(
    private=frozenset(("Entry", "Head")),
)
