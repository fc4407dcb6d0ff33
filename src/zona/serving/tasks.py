"""What the room does by the clock."""

import datetime as dt

from django.utils import timezone
from django_tasks import task

from . import counting
from .models import Change

KEPT = dt.timedelta(days=2)


@task()
def forget_old_changes() -> None:
    """Drop what every process has seen long ago, and views that no score looks at."""
    Change.objects.filter(at__lt=timezone.now() - KEPT).delete()
    counting.forget_old(timezone.localdate())
