"""What the house must know about this room."""

from zona.ground.house import Address, Job, Room

ROOM = Room(
    staff_urls="zona.bakohumas.newsroom.staff.urls",
    screens=("event_kinds:.*",),
    addresses=(Address("", "zona.bakohumas.newsroom.urls"),),
    reserved=frozenset(("tinjau",)),
    private=frozenset(
        (
            "Review",
            "Reviewer",
            "ReviewLink",
            "Verdict",
            "Deputy",
            "NewsroomSettings",
            "ItemPlan",
            "WritingKey",
        )
    ),
    jobs=(
        Job(
            "duties of coverage",
            "zona.bakohumas.newsroom.tasks.remind",
            {"minute": "*/15", "second": 40},
        ),
    ),
    when_published=(
        "zona.bakohumas.newsroom.steps.close_review",
        "zona.bakohumas.newsroom.steps.tell_channels",
    ),
)
