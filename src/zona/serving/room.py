"""What the house must know about this room."""

from zona.ground.house import Job, Room

ROOM = Room(
    private=frozenset(("Change", "PageViews")),
    jobs=(Job("old changes", "zona.serving.tasks.forget_old_changes", {"hour": 2, "minute": 20}),),
)
