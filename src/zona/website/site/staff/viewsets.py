"""Rubrics of the own office, and the list of mandatory pages for KPU RI."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from zona.backstage.backoffice.recorded import DutyPolicy, Recorded
from zona.backstage.rights.grants import CAPABILITY, PUBLISHER
from zona.ground.typed.fields import WholeField
from zona.offices.models import Office, User
from zona.offices.policies import offices_where, works_somewhere

from ..models import MandatoryPage, Rubric

PUBLISHING_ROLES = tuple(role for role, capability in CAPABILITY.items() if capability == PUBLISHER)


def publishing_offices(user: User) -> QuerySet[Office]:
    """The open offices in which the person may publish."""
    return offices_where(user, *PUBLISHING_ROLES).filter(is_open=True)


def own_rubrics(user: User) -> QuerySet[Rubric]:
    return Rubric.objects.filter(office__in=publishing_offices(user))


class RubricPolicy(BasePermissionPolicy):
    """Whoever publishes in an office keeps its rubrics."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return works_somewhere(user, *PUBLISHING_ROLES)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Rubric) -> bool:
        return publishing_offices(user).filter(pk=instance.office_id).exists()

    def instances_user_has_any_permission_for(
        self, user: User, actions: list[str]
    ) -> QuerySet[Rubric]:
        return own_rubrics(user)


class OwnObject:
    """Edit and delete screens that find the rubrics of the own offices only; others are a 404.

    Wagtail's two families of views fetch their object by different hooks; see `OwnSubject`.
    """

    def get_queryset(self) -> QuerySet[Rubric]:
        return own_rubrics(self.request.user)  # type: ignore[attr-defined]


class OwnSubject:
    """The same for the screens of history and usage."""

    def get_base_object_queryset(self) -> QuerySet[Rubric]:
        return own_rubrics(self.request.user)  # type: ignore[attr-defined]


class RubricForm(WagtailAdminModelForm):
    """The short address follows the name at first and then stays, for links lead there."""

    class Meta:
        model = Rubric
        fields = ["office", "title", "purpose", "order"]
        field_classes = {"order": WholeField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = publishing_offices(self.for_user)
        field = self.fields["office"]
        field.queryset = offices  # type: ignore[attr-defined]
        if self.instance.pk:
            field.disabled, field.widget = True, forms.HiddenInput()
        elif len(only := list(offices[:2])) == 1:
            self.initial["office"] = only[0]
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if self.instance.pk or not data.get("title") or not data.get("office"):
            return data
        slug = slugify(data["title"])[:60]
        if not slug:
            self.add_error("title", _("Write a name with letters or figures."))
        elif data["office"].rubrics.filter(slug=slug).exists():
            self.add_error("title", _("Your office has a rubric of this name already."))
        self.instance.slug = slug
        return data


class RubricIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Rubric]:
        return own_rubrics(self.request.user).select_related("office")


class RubricCreateView(Recorded, generic.CreateView):
    verb = "site.rubric_added"


class RubricEditView(OwnObject, Recorded, generic.EditView):
    verb = "site.rubric_changed"


class RubricDeleteView(OwnObject, Recorded, generic.DeleteView):
    verb = "site.rubric_removed"

    def delete_action(self) -> None:
        self.tell(self.object)  # before: afterwards it has no key
        super().delete_action()


class RubricHistoryView(OwnSubject, generic.history.HistoryView):
    pass


class RubricUsageView(OwnSubject, generic.usage.UsageView):
    pass


class RubricViewSet(ModelViewSet):
    model = Rubric
    name = "rubrics"
    url_prefix = "rubrik"
    icon = "list-ul"
    menu_label = _("Rubrics")
    menu_order = 160
    add_to_admin_menu = True
    copy_view_enabled = False
    ordering = ["office__code", "order", "title"]
    list_display = ["title", "purpose", Column("office", label=_("office"))]
    search_fields = ["title"]
    index_view_class = RubricIndexView
    add_view_class = RubricCreateView
    edit_view_class = RubricEditView
    delete_view_class = RubricDeleteView
    history_view_class = RubricHistoryView
    usage_view_class = RubricUsageView

    def get_form_class(self, for_update: bool = False) -> type[RubricForm]:
        return RubricForm


class DutyCreateView(Recorded, generic.CreateView):
    verb = "site.duty_added"


class DutyEditView(Recorded, generic.EditView):
    verb = "site.duty_changed"


class MandatoryPageViewSet(ModelViewSet):
    model = MandatoryPage
    name = "mandatory_pages"
    url_prefix = "daftar-halaman-wajib"
    icon = "clipboard-list"
    menu_label = _("List of mandatory pages")
    add_to_settings_menu = True
    copy_view_enabled = False
    ordering = ["order", "title"]
    list_display = ["title", "legal_base", "review_days", "valid_from", "valid_until"]
    list_per_page = 50
    search_fields = ["title", "legal_base"]
    form_fields = [
        "code",
        "title",
        "purpose",
        "legal_base",
        "source",
        "review_days",
        "valid_from",
        "valid_until",
        "order",
    ]
    add_view_class = DutyCreateView
    edit_view_class = DutyEditView


register_permission_policy(Rubric, RubricPolicy(Rubric))
register_permission_policy(MandatoryPage, DutyPolicy(MandatoryPage))
