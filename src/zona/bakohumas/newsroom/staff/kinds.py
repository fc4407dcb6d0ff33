"""The kinds of activity, for KPU RI: what they ask of coverage and which channels they go to.

The table is the agenda's; its form stands here because it names channels, which lie above.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from zona.backstage.backoffice.recorded import DutyPolicy, Recorded
from zona.bakohumas.agenda.models import EventKind, Form
from zona.bakohumas.channels.models import Kind as ChannelKind
from zona.ground.typed.fields import DateField, WholeField


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
    verb = "agenda.kind_added"


class KindEditView(Recorded, generic.EditView):
    verb = "agenda.kind_changed"


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
