"""Which line of the worker a job waits in."""

from django.conf import settings
from django.utils.module_loading import import_string

from zona.ground.house import gather
from zona.operations.worker import LINES


def test_every_queue_has_a_line() -> None:
    assert set(settings.TASKS["default"]["QUEUES"]) == {"default", *LINES}


def test_the_page_that_is_due_waits_for_no_server_of_others() -> None:
    lines = {job.name: import_string(job.task).queue_name for job in gather("jobs")}
    assert lines["pages due"] == "default"
    assert lines["channels"] == lines["subscriptions"] == lines["weekly letters"] == "outward"
