"""Who may change the card of a page."""

from __future__ import annotations

from wagtail.permissions import policy_registry

from zona.offices.models import User
from zona.website.site.models import BasePage, Photo


def may_choose_photo(actor: User, page: BasePage) -> bool:
    """Whoever edits a draft; on a public page, where it shows at once, whoever publishes."""
    rights = page.permissions_for_user(actor)
    if not rights.can_edit() or rights.page_locked():
        return False
    return bool(rights.can_publish()) if page.live else True


def may_set_focus(actor: User, photo: Photo) -> bool:
    policy = policy_registry.get_by_type(Photo)
    return bool(policy.user_has_permission_for_instance(actor, "change", photo))
