"""What the house must know about this room."""

from zona.ground.house import Room

ROOM = Room(
    staff_urls="zona.bakohumas.checker.staff.urls",
    private=frozenset(("CheckerSettings", "CheckerCatch")),
    when_published=("zona.bakohumas.checker.steps.order_catches",),
)
