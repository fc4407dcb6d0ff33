"""Which article a person may write on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from zona.offices.models import User
from zona.website.site.models import ArticlePage
from zona.website.site.policies import get_page_for


def get_article_for(actor: User, page_id: int) -> ArticlePage:
    """The newest version of an article, if the actor may edit it and nobody has locked it."""
    page = get_page_for(actor, page_id)
    if page.kind != ArticlePage.kind_name:
        raise Http404
    article: ArticlePage = page.specific.get_latest_revision_as_object()
    if article.permissions_for_user(actor).page_locked():
        raise PermissionDenied
    return article
