"""Forms of the room. They check; actions save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.uploads import NotARecording
from ..models import Consent, Kind, Language, Quality, Recording
from ..rules.kinds import ENDINGS, HEAD, sniff


class RecordingFileField(forms.FileField):
    """A recording by its content; where the script uploads, only its name and length come."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=gettext_lazy("File"),
            widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            head = file.read(HEAD)
            file.seek(0)
            if sniff(head) is None:
                raise NotARecording
        return file


def explain_file() -> str:
    return _("MP3, M4A, WAV, OGG, FLAC, MP4, MOV, WEBM or MKV, up to %(most)s.") % {
        "most": filesizeformat(settings.MAX_RECORDING)
    }


class ReplaceForm(forms.Form):
    """A file, or its name and length when a script sends it in pieces."""

    file = RecordingFileField(required=False)
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    length = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = explain_file()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("file") and not values.get("length") and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return values


class DetailsForm(forms.ModelForm):
    """What is said of a recording."""

    consent = forms.ChoiceField(
        label=gettext_lazy("People who are heard or seen"),
        choices=Consent.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "A voice and a face are personal data (Law 27/2022): publish them only on one of"
            " these grounds."
        ),
    )
    has_children = forms.BooleanField(
        label=gettext_lazy("Children can be recognised"),
        required=False,
        help_text=gettext_lazy(
            "Their parents must have agreed in writing. Rather show them so that nobody"
            " recognises them."
        ),
    )
    quality = forms.ChoiceField(
        label=gettext_lazy("Sound"), choices=Quality.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Recording
        fields = ["title", "quality", "rights", "consent", "has_children"]
        help_texts = {"rights": gettext_lazy("Who made it, as it may be named: Humas KPU …")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.is_audio:
            del self.fields["quality"]


class UploadForm(ReplaceForm, DetailsForm):
    """A new recording: its file, and what is said of it."""

    office: Any = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Office"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Becomes"),
        choices=[
            (Kind.AUDIO, gettext_lazy("Audio, for a podcast (of a video file only the sound)")),
            (Kind.VIDEO, gettext_lazy("Video")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ["office", "file", "kind", "title", "quality", "rights", "consent"]

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = offices
        if len(offices) == 1:
            field.initial = offices[0].pk
            field.widget = forms.HiddenInput()
        self.fields["quality"].help_text = _("Only of audio; a video keeps its sound.")


class CaptionsForm(forms.Form):
    """A file with captions."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
    captions = forms.FileField(
        label=gettext_lazy("File with captions"),
        help_text=gettext_lazy("WebVTT (.vtt) or SubRip (.srt)."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )


class TextForm(forms.Form):
    """A transcript as text."""

    text = forms.CharField(
        label=gettext_lazy("Transcript with times"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        help_text=gettext_lazy(
            "Each caption: a line with its times, its words below, then an empty line. A speaker"
            " stands before the words: <v Name>."
        ),
    )
