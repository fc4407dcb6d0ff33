"""What the house must know about this room."""

from zona.ground.house import Job, Room

ROOM = Room(
    jobs=(
        Job(
            "roles by date",
            "zona.backstage.rights.tasks.follow_roles",
            {"hour": 0, "minute": 0, "second": 1},
        ),
    ),
)
