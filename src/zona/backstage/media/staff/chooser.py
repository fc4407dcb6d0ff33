"""Choosing a recording in a page's form: only those of the person's offices are offered."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from zona.ground.guard.numbers import read_number, read_numbers

from ..models import Recording
from ..policies import managed_recordings
from ..queries import choosable_recordings, say_length


class _OwnRecordings:
    """What the choosing screens offer; `kind` in the address narrows it."""

    request: Any

    def get_object_list(self) -> QuerySet[Recording]:
        return choosable_recordings(self.request.user, self.request.GET.get("kind", ""))

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("length", label=_("Length"), accessor=lambda row: say_length(row.duration)),
            Column("state", label=_("State"), accessor="get_state_display"),
            Column("created_at", label=_("Uploaded"), accessor=lambda row: row.created_at.date()),
        ]

    def can_create(self) -> bool:
        return False  # uploading has a screen of its own


class ChooseRecording(_OwnRecordings, views.ChooseView):
    pass


class ChooseRecordingResults(_OwnRecordings, views.ChooseResultsView):
    pass


class _Chosen:
    """Only one's own can be chosen, whatever number an address names."""

    request: Any

    def get_object(self, pk: str) -> Recording:
        own = managed_recordings(self.request.user)
        return own.get(pk=read_number(pk) or 0)

    def get_objects(self, pks: list[str]) -> QuerySet[Recording]:
        return managed_recordings(self.request.user).filter(pk__in=read_numbers(pks))

    def get_edit_item_url(self, instance: Recording) -> str:
        return reverse("media_staff:recording", args=[instance.pk])


class RecordingChosen(_Chosen, views.ChosenView):
    pass


class RecordingsChosen(_Chosen, views.ChosenMultipleView):
    pass


class BaseRecordingChooser(BaseChooser):
    """A field for one recording; `kind` ("audio" or "video") offers only such."""

    def __init__(self, kind: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind

    def get_chooser_modal_url(self) -> str:
        url = super().get_chooser_modal_url()
        return f"{url}?{urlencode({'kind': self.kind})}" if self.kind else url

    def get_value_data_from_instance(self, instance: Recording) -> dict[str, Any]:
        edit_url = reverse("media_staff:recording", args=[instance.pk])
        return {**super().get_value_data_from_instance(instance), "edit_url": edit_url}


class RecordingChooserViewSet(ChooserViewSet):
    model = Recording
    icon = "media"
    choose_one_text = _("Choose a recording")
    choose_another_text = _("Choose another recording")
    edit_item_text = _("Open this recording")
    base_widget_class = BaseRecordingChooser
    choose_view_class = ChooseRecording
    choose_results_view_class = ChooseRecordingResults
    chosen_view_class = RecordingChosen
    chosen_multiple_view_class = RecordingsChosen
    preserve_url_parameters = ["multiple", "kind"]
    per_page = 20

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.choose_view, name="choose"),
            path("results/", self.choose_results_view, name="choose_results"),
            path("chosen/<str:pk>/", self.chosen_view, name="chosen"),
            path("chosen-multiple/", self.chosen_multiple_view, name="chosen_multiple"),
        ]


recording_chooser = RecordingChooserViewSet("recording_chooser", url_prefix="pilih-rekaman")
AdminRecordingChooser = recording_chooser.widget_class
