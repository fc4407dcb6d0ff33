"""What the house must know about this room."""

from zona.ground.house import Job, Room

ROOM = Room(
    staff_urls="zona.bakohumas.numbers.staff.urls",
    screens=("periodic_duties:.*",),
    private=frozenset(("PeriodicDuty", "PeriodicFulfilment", "OfficeScore", "NumbersLetter")),
    jobs=(
        Job(
            "freshness scores",
            "zona.bakohumas.numbers.tasks.note_scores",
            {"hour": 0, "minute": 20},
        ),
        Job(
            "weekly numbers",
            "zona.bakohumas.numbers.tasks.send_numbers",
            {"day_of_week": "mon", "hour": "5-11", "minute": 35},
        ),
    ),
    at_start=("seed_numbers",),
)
