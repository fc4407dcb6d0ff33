"""Background work of the website: thin calls of actions."""

from django.core.management import call_command
from django_tasks import task

from .files.pictures import all_specs
from .models import Photo


@task()
def make_renditions(photo_id: int) -> int:
    """All sizes of one photo; sizes that exist are not made again."""
    photo = Photo.objects.filter(pk=photo_id).first()
    return len(photo.get_renditions(*all_specs())) if photo else 0


@task()
def run_schedule() -> dict[str, int]:
    """Publish and take down what is due."""
    from .actions.pages import run_schedule as run

    done = run()
    return {"published": done.published, "expired": done.expired, "failed": len(done.failed)}


@task()
def tidy_up() -> None:
    """Forget what has served: old job results and sessions."""
    call_command("prune_db_task_results", verbosity=0)
    call_command("clearsessions")
