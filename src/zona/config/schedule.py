"""What happens by time alone: (name, dotted path of a task, trigger)."""

from apscheduler.triggers.cron import CronTrigger

SCHEDULE = [
    ("pages due", "zona.showcase.tasks.run_schedule", CronTrigger(second=0)),
    ("roles by date", "zona.showcase.tasks.follow_roles", CronTrigger(hour=0, minute=5)),
    ("housekeeping", "zona.showcase.tasks.tidy_up", CronTrigger(hour=2, minute=30)),
]
