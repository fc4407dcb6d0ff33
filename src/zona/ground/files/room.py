"""What the house must know about this room."""

from zona.ground.house import Job, Room

ROOM = Room(
    staff_urls="zona.ground.files.urls",
    private=frozenset(("SentFile",)),
    jobs=(
        Job(
            "sent files left behind",
            "zona.ground.files.tasks.sweep",
            {"minute": "*/2", "second": 50},
        ),
        Job("old sent files", "zona.ground.files.tasks.tidy_up", {"hour": 2, "minute": 45}),
    ),
)
