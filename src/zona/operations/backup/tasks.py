"""What the room does by the clock."""

from django.conf import settings
from django_tasks import task

from .command import take_daily


@task(queue_name="recordings")  # the line of long work: pages go out on time meanwhile
def back_up_daily() -> str:
    """The backup of the day where ZONA_BACKUP_DIR names a folder; its place, "" for none."""
    folder = settings.ENV.backup_dir
    made = take_daily(folder, settings.ENV) if folder else None
    return str(made or "")
