"""The editor's form of an episode: chapters lie inside the recording, each at its own time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from zona.website.site.forms import OfficePageForm
from zona.website.site.rules.spoken import say_clock

from .rules import chapters_out_of_place


class EpisodeForm(OfficePageForm):
    def is_valid(self) -> bool:
        return super().is_valid() and self.has_good_chapters()

    def has_good_chapters(self) -> bool:
        """Marks each chapter that begins where another does, or after the end."""
        formset = self.formsets.get("chapters")
        if formset is None:
            return True
        forms = [
            form
            for form in formset.forms
            if form.cleaned_data.get("start") is not None and not form.cleaned_data.get("DELETE")
        ]
        forms.sort(key=lambda form: form.cleaned_data["start"])
        recording = self.cleaned_data.get("recording")
        duration = recording.duration if recording else None
        wrong = chapters_out_of_place([form.cleaned_data["start"] for form in forms], duration)
        for place in wrong:
            forms[place].add_error("start", self.why(forms[place], duration))
        return not wrong

    def why(self, form: Any, duration: float | None) -> str:
        if duration is not None and form.cleaned_data["start"] >= duration:
            return _("The recording ends at %(time)s.") % {"time": say_clock(duration)}
        return _("Another chapter begins at the same time.")
