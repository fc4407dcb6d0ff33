"""Who may do what to pages: Wagtail's own rights, which provision derives from the roles."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from zona.offices.models import User

from .models import BasePage


def may_edit(actor: User, page: BasePage) -> bool:
    return bool(page.permissions_for_user(actor).can_edit())


def get_page_for(actor: User, page_id: int) -> BasePage:
    """The page, if the actor may edit it. Raises Http404 or PermissionDenied."""
    page = BasePage.objects.select_related("office").filter(pk=page_id, depth__gt=1).first()
    if page is None:
        raise Http404
    if not may_edit(actor, page):
        raise PermissionDenied
    return page
