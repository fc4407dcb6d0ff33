"""The worker: jobs worked off and scheduled ones set off, in one process."""

import argparse
import contextlib
import fcntl
import logging
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from zona.config.environment import Environment
from zona.config.web import full_disk

from .commands import CommandFailed, say, start_django
from .preparation import prepare

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

LINES = ("outward", "recordings", "files")  # beside the one of what is due soon
ATTEMPTS = 3  # how often a job may take its worker down
SCHEDULED_PRIORITY = 50  # of -100 to 100; a page that is due does not wait behind many pictures
SCHEDULER_LOCK = 0x5A4F4E41  # PostgreSQL advisory lock number, "ZONA"


def run_worker(options: argparse.Namespace, read: Environment) -> None:
    """Work off jobs and set off the scheduled ones in one process, until SIGTERM."""
    start_django()
    if options.prepare:
        full_disk.keep_working(lambda: prepare_and_tell(options, read))
    from django.conf import settings
    from django_tasks_db.management.commands.db_worker import Worker

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it warns of every stop
    with hold_worker_name(read.data) as name:
        requeue_orphans(name)
        scheduler = build_scheduler(settings.TIME_ZONE)
        worker = Worker(
            queue_names=["*"],
            interval=1.0,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=list(LINES),
        )
        worker.configure_signals()  # SIGTERM lets the job at hand finish
        for queue in LINES:
            start_line(queue, name)
        scheduler.start()
        try:
            full_disk.keep_working(worker.run)
        finally:
            scheduler.shutdown(wait=False)


def prepare_and_tell(options: argparse.Namespace, read: Environment) -> None:
    """Prepare, and print the first link where there is one."""
    if link := prepare(options, read):
        say(link)


def start_line(queue: str, name: str) -> None:
    """Work off one queue in a thread: a long video or a slow server keeps no page from its time.

    The heavy part of such work runs in processes of its own. The thread ends with this process; a
    job it had in hand is taken up again as after any death.
    """
    from django_tasks_db.management.commands.db_worker import Worker

    line = Worker(
        queue_names=[queue],
        interval=1.0,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    threading.Thread(
        target=full_disk.keep_working, args=[line.run], name=queue, daemon=True
    ).start()


@contextlib.contextmanager
def hold_worker_name(data: Path) -> Iterator[str]:
    """The name under which this data folder's one worker claims jobs, the same after a restart."""
    descriptor = os.open(data / "worker.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandFailed(f"Pekerja untuk {data} sudah berjalan.") from error
        name = file.read().strip()
        if not name:
            name = secrets.token_hex(16)
            with contextlib.suppress(OSError):  # a full disk: a new name at the next start
                os.pwrite(descriptor, name.encode(), 0)
        yield name


def requeue_orphans(worker: str) -> None:
    """Put back the jobs that a worker of this name had in hand when it was killed.

    A job that took its worker down ATTEMPTS times is given up, so that the others go on.
    """
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    for job in DBTaskResult.objects.running():
        if not job.worker_ids or job.worker_ids[-1] != worker:
            continue
        if len(job.worker_ids) >= ATTEMPTS:
            job.set_failed(RuntimeError(f"worker died {ATTEMPTS} times at this job"))
        else:
            job.status, job.started_at = TaskResultStatus.READY, None
            job.save(update_fields=["status", "started_at"])


def build_scheduler(time_zone: str) -> "BackgroundScheduler":
    """A scheduler that enqueues each job of the rooms at its times."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.cron import CronTrigger

    from zona.ground.house import gather

    scheduler = BackgroundScheduler(
        timezone=time_zone,
        # One thread, so one database session: it is the session that holds the advisory lock.
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "misfire_grace_time": 3600},
    )
    for job in gather("jobs"):
        trigger = CronTrigger(**job.when)
        scheduler.add_job(enqueue_scheduled, trigger, args=[job.task], id=job.name, name=job.name)
    return scheduler


def enqueue_scheduled(path: str) -> None:
    """Enqueue the task at a dotted path, unless it waits already or another machine schedules."""
    from django.db import DatabaseError, connection
    from django.utils.module_loading import import_string
    from django_tasks_db.models import DBTaskResult

    task = import_string(path)
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # held until this session ends
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [SCHEDULER_LOCK])
                if not cursor.fetchone()[0]:
                    return
        waiting = DBTaskResult.objects.filter(task_path=task.module_path, status="READY")
        if not waiting.exists():
            task.using(priority=SCHEDULED_PRIORITY).enqueue()
    except DatabaseError:
        connection.close()  # gives up the lock as well; the next time begins anew
        raise
