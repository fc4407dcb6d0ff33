"""Wagtail's explorer without the sites and people of other offices."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import PageLogEntry

from zona.backstage.rights.isolation import visible_pages
from zona.offices.models import User

from ..models import BasePage


def _owners(request: HttpRequest) -> QuerySet[User]:
    owners = visible_pages(request.user).order_by().values("owner_id")
    return get_user_model().objects.filter(pk__in=owners)


def _editors(request: HttpRequest) -> QuerySet[User]:
    entries = PageLogEntry.objects.filter(
        action="wagtail.edit", page__in=visible_pages(request.user).values("pk")
    )
    return get_user_model().objects.filter(pk__in=entries.order_by().values("user_id"))


class OfficePageFilterSet(GenericPageFilterSet):
    """The explorer's filters without the sites and people of other offices."""

    site = None
    owner = MultipleUserFilter(label=_("Owner"), queryset=_owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(
        label=_("Edited by"), queryset=_editors, widget=CheckboxSelectMultiple
    )


class OfficePageViewSet(PageViewSet):
    """Wagtail's page screens with the filters above."""

    model = BasePage
    filterset_class = OfficePageFilterSet
