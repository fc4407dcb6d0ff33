"""The agenda in Wagtail's screens: menu, styles, and the kinds of activity for KPU RI."""

from __future__ import annotations

from typing import Any

from django import forms
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from zona.bakohumas.channels.models import Kind as ChannelKind
from zona.ground.typed.fields import DateField, WholeField
from zona.offices.policies import reads_somewhere
from zona.offices.wagtail_hooks import OwnMenuItem
from zona.website.showcase.desk.viewsets import DutyPolicy, Recorded

from .models import EventKind, Form


@hooks.register("register_admin_menu_item")
def register_agenda() -> MenuItem:
    return OwnMenuItem(
        _("Agenda"),
        reverse_lazy("newsroom:own_agenda"),
        reads_somewhere,
        name="agenda",
        icon_name="calendar-alt",
        order=110,
    )


@hooks.register("insert_global_admin_css")
def add_agenda_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/agenda.css"))


class KindForm(WagtailAdminModelForm):
    duties = forms.MultipleChoiceField(
        label=_("duties"),
        choices=Form.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.MultipleChoiceField(
        label=_("channels"),
        choices=ChannelKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = EventKind
        fields = [
            "code", "name", "group", "publishes", "is_routine", "deadline_hours", "risk",
            "privacy_note", "photo_brief", "skeleton", "duties", "channels", "legal_base",
            "source", "valid_from", "valid_until", "order",
        ]  # fmt: skip
        field_classes = {
            "deadline_hours": WholeField, "order": WholeField,
            "valid_from": DateField, "valid_until": DateField,
        }  # fmt: skip


class KindCreateView(Recorded, generic.CreateView):
    verb = "newsroom.kind_added"


class KindEditView(Recorded, generic.EditView):
    verb = "newsroom.kind_changed"


class EventKindViewSet(ModelViewSet):
    model = EventKind
    name = "event_kinds"
    url_prefix = "jenis-kegiatan"
    icon = "list-ul"
    menu_label = _("Kinds of activity")
    add_to_settings_menu = True
    copy_view_enabled = False
    ordering = ["order", "name"]
    list_display = ["name", "group", "publishes", "risk", "deadline_hours"]
    list_per_page = 60
    search_fields = ["name", "group"]
    add_view_class = KindCreateView
    edit_view_class = KindEditView

    def get_form_class(self, for_update: bool = False) -> type[KindForm]:
        return KindForm


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [EventKindViewSet()]


register_permission_policy(EventKind, DutyPolicy(EventKind))
