"""The numbers in Wagtail's screens: menu, styles, and the kinds of periodic data for KPU RI."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from zona.backstage.backoffice.guides import explain
from zona.backstage.backoffice.recorded import DutyPolicy, Recorded
from zona.offices.policies import reads_somewhere
from zona.offices.wagtail_hooks import OwnMenuItem

from .models import PeriodicDuty

explain(
    "angka",
    "numbers:own_freshness",
    "numbers:freshness",
    "numbers:coverage",
    "numbers:periodic",
)


@hooks.register("register_admin_menu_item")
def register_numbers() -> MenuItem:
    return OwnMenuItem(
        _("Scores and coverage"),
        reverse_lazy("numbers:own_freshness"),
        reads_somewhere,
        name="numbers",
        icon_name="rotate",
        order=150,
    )


@hooks.register("insert_global_admin_css")
def add_numbers_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("numbers/numbers.css"))


class PeriodicDutyCreateView(Recorded, generic.CreateView):
    verb = "numbers.periodic_duty_added"


class PeriodicDutyEditView(Recorded, generic.EditView):
    verb = "numbers.periodic_duty_changed"


class PeriodicDutyViewSet(ModelViewSet):
    model = PeriodicDuty
    name = "periodic_duties"
    url_prefix = "jenis-data-berkala"
    icon = "date"
    menu_label = _("Kinds of periodic data")
    add_to_settings_menu = True
    copy_view_enabled = False
    ordering = ["order", "title"]
    list_display = ["title", "period", "due_months", "due_days", "legal_base", "valid_until"]
    search_fields = ["title", "legal_base"]
    form_fields = [
        "code", "title", "period", "due_months", "due_days", "legal_base", "source",
        "valid_from", "valid_until", "order",
    ]  # fmt: skip
    add_view_class = PeriodicDutyCreateView
    edit_view_class = PeriodicDutyEditView


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [PeriodicDutyViewSet()]


register_permission_policy(PeriodicDuty, DutyPolicy(PeriodicDuty))
