"""What happens by time alone: (name, dotted path of a task, trigger)."""

from apscheduler.triggers.cron import CronTrigger

SCHEDULE = [
    # Hourly: a machine that slept at night makes up for it, a failure is tried again.
    ("backup of the day", "zona.operations.backup.tasks.back_up_daily", CronTrigger(minute=35)),
    ("pages due", "zona.website.showcase.tasks.run_schedule", CronTrigger(second=0)),
    (
        "roles by date",
        "zona.website.showcase.tasks.follow_roles",
        CronTrigger(hour=0, minute=0, second=1),
    ),
    ("old changes", "zona.serving.tasks.forget_old_changes", CronTrigger(hour=2, minute=20)),
    ("guard forgets", "zona.ground.guard.tasks.forget", CronTrigger(hour=0, minute=10)),
    ("answers to readers", "zona.website.feedback.tasks.send_answers", CronTrigger(minute="*/15")),
    # Monday, 07.30 by the clock of each zone; the later hours are for a worker that was not running
    (
        "weekly letters",
        "zona.website.feedback.tasks.send_weekly_letters",
        CronTrigger(day_of_week="mon", hour="5-11", minute=30),
    ),
    (
        "reporter e-mails",
        "zona.website.feedback.tasks.forget_addresses",
        CronTrigger(hour=2, minute=40),
    ),
    ("subscriptions", "zona.website.subscriptions.tasks.deliver", CronTrigger(minute="*/5")),
    (
        "channels",
        "zona.bakohumas.channels.tasks.deliver",
        CronTrigger(second=25),
    ),  # what no commit set off
    (
        "accesses that end",
        "zona.bakohumas.channels.tasks.watch_accounts",
        CronTrigger(hour=6, minute=10),
    ),
    (
        "stale subscriptions",
        "zona.website.subscriptions.tasks.tidy_up",
        CronTrigger(hour=2, minute=50),
    ),
    (
        "duties of coverage",
        "zona.bakohumas.agenda.tasks.remind",
        CronTrigger(minute="*/15", second=40),
    ),
    (
        "freshness scores",
        "zona.bakohumas.numbers.tasks.note_scores",
        CronTrigger(hour=0, minute=20),
    ),
    (
        "weekly numbers",
        "zona.bakohumas.numbers.tasks.send_numbers",
        CronTrigger(day_of_week="mon", hour="5-11", minute=35),
    ),
    (
        "recordings left behind",
        "zona.backstage.media.tasks.sweep",
        CronTrigger(minute="*/2", second=20),
    ),
    (
        "sent files left behind",
        "zona.ground.files.tasks.sweep",
        CronTrigger(minute="*/2", second=50),
    ),
    ("old sent files", "zona.ground.files.tasks.tidy_up", CronTrigger(hour=2, minute=45)),
    ("old uploads", "zona.backstage.media.tasks.tidy_up", CronTrigger(minute=40)),
    ("housekeeping", "zona.website.showcase.tasks.tidy_up", CronTrigger(hour=2, minute=30)),
    ("words of search", "zona.backstage.search.tasks.learn_words", CronTrigger(minute="*/10")),
    (
        "all words of search",
        "zona.backstage.search.tasks.count_words",
        CronTrigger(hour=3, minute=10),
    ),
    ("OpenSearch", "zona.backstage.search.tasks.send_changes", CronTrigger(second=30)),
]
