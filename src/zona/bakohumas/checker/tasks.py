"""Background work of the checker: thin calls."""

from django_tasks import task


@task()
def note_catches(page_id: int, revision_id: int) -> None:
    """Count which faults of its drafts are mended in an item that came out."""
    from wagtail.models import Revision

    from zona.website.site.models import BasePage

    from .actions.catches import count_catches

    page = BasePage.objects.select_related("office").filter(pk=page_id).first()
    revision = Revision.objects.filter(pk=revision_id).first()
    if page and revision:  # neither was deleted since
        count_catches(page, revision)
