"""What the house must know about this room."""

from zona.ground.house import Address, Job, Room

ROOM = Room(
    staff_urls="zona.website.feedback.staff.urls",
    addresses=(Address("umpan-balik/", "zona.website.feedback.urls"),),
    reserved=frozenset(("umpan-balik",)),
    private=frozenset(("Feedback", "Answer", "WeeklyLetter")),
    jobs=(
        Job("answers to readers", "zona.website.feedback.tasks.send_answers", {"minute": "*/15"}),
        Job(
            "weekly letters",
            "zona.website.feedback.tasks.send_weekly_letters",
            {"day_of_week": "mon", "hour": "5-11", "minute": 30},
        ),
        Job(
            "reporter e-mails",
            "zona.website.feedback.tasks.forget_addresses",
            {"hour": 2, "minute": 40},
        ),
    ),
)
