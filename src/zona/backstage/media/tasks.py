"""Background work of the room: thin calls of actions."""

from django_tasks import task

from .actions import listening, processing, uploads

QUEUE = "recordings"  # its own line in the worker: other jobs do not wait behind a long video


@task(queue_name=QUEUE)
def process_recording(recording_id: int) -> str:
    """Prepare one recording; the state it has then."""
    return processing.process(recording_id)


@task(queue_name=QUEUE)
def draft_transcript(recording_id: int) -> bool:
    """Let the machine listen; whether there is a draft."""
    return listening.draft(recording_id)


@task()
def sweep() -> int:
    """Take up again what a worker left behind."""
    return processing.sweep()


@task()
def tidy_up() -> dict[str, int]:
    """Forget uploads that nobody carried on, and originals that have served."""
    return {
        "uploads": uploads.remove_stale_uploads(),
        "originals": processing.remove_old_originals(),
    }
