"""What the house must know about this room."""

from zona.ground.house import Job, Room

ROOM = Room(
    private=frozenset(("DailySalt", "Trace", "Spent", "Tries")),
    jobs=(Job("guard forgets", "zona.ground.guard.tasks.forget", {"hour": 0, "minute": 10}),),
)
