"""Entries of the agenda and what belongs to them, as forms. They check; actions save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zona.bakohumas.partners.models import Contact
from zona.ground.typed.fields import DateField, TimeField
from zona.offices.models import Office

from ..models import Event, EventDocument, EventKind, FollowUp, Host, Mode, Visibility
from ..policies.events import nameable_offices, people_of
from ..queries.events import STATES, kinds_in_force
from ..rules import agenda as rules
from ..rules.agenda import Every, State

EVERY = [
    ("", gettext_lazy("once")),
    (Every.DAY, gettext_lazy("every working day")),
    (Every.WEEK, gettext_lazy("every week")),
    (Every.TWO_WEEKS, gettext_lazy("every two weeks")),
    (Every.MONTH, gettext_lazy("every month, on the same weekday")),
    (Every.QUARTER, gettext_lazy("every quarter, on the same weekday")),
]
SEEN_BY = [
    ("", gettext_lazy("as is usual for the kind")),
    *Visibility.choices,
]


def time_field(label: Any) -> TimeField:
    return TimeField(label=label, required=False)


class KindIterator(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
    """Kinds under the names of their groups."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", gettext_lazy("by its title"))
        groups: dict[str, list[Any]] = {}
        for kind in self.queryset:  # type: ignore[union-attr]
            groups.setdefault(kind.group, []).append(self.choice(kind))
        yield from groups.items()


class KindField(forms.ModelChoiceField):  # type: ignore[type-arg]
    iterator = KindIterator


class QuickForm(forms.Form):
    """One line: what, which day, at what time, which kind, where."""

    title = forms.CharField(
        label=gettext_lazy("What"),
        max_length=160,
        error_messages={"required": gettext_lazy("Write what happens.")},
    )
    day = DateField(label=gettext_lazy("Day"))
    time = time_field(gettext_lazy("Time"))
    kind = KindField(EventKind.objects.none(), label=gettext_lazy("Kind"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=160, required=False)

    def __init__(self, *args: Any, office: Office, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office, self.today = office, today
        field: Any = self.fields["kind"]
        field.queryset = kinds_in_force(today)
        for given in self.fields.values():
            if isinstance(given, TimeField):
                given.zone = office.zone

    @cached_property
    def kinds(self) -> list[EventKind]:
        return list(kinds_in_force(self.today))

    def guess(self, title: str) -> EventKind:
        """The kind that the title speaks of."""
        by_code = {kind.code: kind for kind in self.kinds}
        return by_code.get(rules.guess_kind(title, by_code)) or self.kinds[-1]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.kinds:
            raise forms.ValidationError(_("No kinds of activity are known yet."))
        if not given.get("kind"):
            given["kind"] = self.guess(given.get("title", ""))
        return given

    def facts(self) -> dict[str, Any]:
        """What the action wants: values of actions.agenda.FIELDS."""
        given = self.cleaned_data
        return {
            "title": " ".join(given["title"].split()),
            "kind": given["kind"],
            "place": given["place"],
            "visibility": usual_visibility(given["kind"]),
            "is_all_day": given["time"] is None,
        } | moments(self.office, given["day"], given["time"])


def usual_visibility(kind: EventKind) -> str:
    """What is told to the public stands on the public agenda, but for the daily routine."""
    is_public = kind.publishes and not kind.is_routine
    return Visibility.PUBLIC if is_public else Visibility.CLOSED


def moments(
    office: Office,
    day: dt.date,
    time: dt.time | None,
    end_day: dt.date | None = None,
    end_time: dt.time | None = None,
) -> dict[str, dt.datetime]:
    """Begin and end by the office's clock; no time: the whole day, no end: two hours."""
    last = end_day or day
    starts = dt.datetime.combine(day, time or dt.time(0), tzinfo=office.tz)
    if time is None:
        ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), tzinfo=office.tz)
    elif end_time is not None:
        ends = dt.datetime.combine(last, end_time, tzinfo=office.tz)
    else:
        ends = starts + (last - day) + rules.USUAL_LENGTH
    return {"starts_at": starts, "ends_at": ends}


class EventForm(QuickForm):
    """Everything an entry can hold."""

    end_day = DateField(label=gettext_lazy("Last day, if it lasts longer"), required=False)
    end_time = time_field(gettext_lazy("Ends at"))
    mode = forms.ChoiceField(label=gettext_lazy("How"), choices=Mode.choices)
    online_url = forms.URLField(
        label=gettext_lazy("Address of the meeting, for staff only"),
        required=False,
        max_length=200,
        assume_scheme="https",
    )
    people = forms.CharField(
        label=gettext_lazy("Who takes part"),
        help_text=gettext_lazy("Names and positions, as they will stand in the article."),
        max_length=250,
        required=False,
    )
    host = forms.ChoiceField(label=gettext_lazy("Held by"), choices=Host.choices)
    host_name = forms.CharField(
        label=gettext_lazy("Name of the host, if it is not this office"),
        max_length=120,
        required=False,
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may see it"), choices=SEEN_BY, required=False
    )
    summary = forms.CharField(
        label=gettext_lazy("What it is about"),
        help_text=gettext_lazy("Stands on the public agenda, where the entry is public."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contacts = forms.ModelMultipleChoiceField(
        Contact.objects.none(),
        label=gettext_lazy("Partners"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    every = forms.ChoiceField(label=gettext_lazy("Repeats"), choices=EVERY, required=False)
    until = DateField(label=gettext_lazy("Repeats until"), required=False)
    following = forms.BooleanField(
        label=gettext_lazy("Change the later ones of the series too"), required=False
    )

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts: Any = self.fields["contacts"]
        known = Contact.objects.filter(office=self.office, is_active=True)
        if event is not None:
            known = known | Contact.objects.filter(events=event, office=self.office)
        contacts.queryset = known.distinct()
        if not known.exists():
            del self.fields["contacts"]
        if event is not None:
            del self.fields["every"], self.fields["until"]
        if event is None or event.series is None:
            del self.fields["following"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        day, last = given.get("day"), given.get("end_day")
        if day and last and last < day:
            self.add_error("end_day", _("The last day lies before the first."))
        if given.get("end_time") and not given.get("time"):
            self.add_error("time", _("Write when it begins."))
        if given.get("every") and not given.get("until"):
            self.add_error("until", _("Say until which day it is repeated."))
        if given.get("until") and day and given["until"] <= day:
            self.add_error("until", _("This day lies before the first."))
        same_day = day and (not last or last == day)
        begin, end = given.get("time"), given.get("end_time")
        if same_day and begin and end and end < begin:
            self.add_error("end_time", _("The event ends before it begins."))
        return given

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        plain = ("mode", "online_url", "people", "host", "host_name", "summary")
        times = moments(
            self.office, given["day"], given["time"], given["end_day"], given["end_time"]
        )
        return (
            super().facts()
            | {name: given[name] for name in plain}
            | {"visibility": given["visibility"] or usual_visibility(given["kind"])}
            | times
        )


def initial_of(event: Event, office: Office) -> dict[str, Any]:
    """An entry as the form shows it."""
    starts, ends = event.starts_at.astimezone(office.tz), event.ends_at.astimezone(office.tz)
    last = rules.last_day(starts, ends)
    names = (
        "title", "kind", "mode", "place", "online_url", "people", "host", "host_name",
        "visibility", "summary",
    )  # fmt: skip
    return {name: getattr(event, name) for name in names} | {
        "day": starts.date(),
        "time": None if event.is_all_day else starts.time(),
        "end_day": last if last != starts.date() else None,
        "end_time": None if event.is_all_day else ends.time(),
        "contacts": list(event.contacts.all()),
    }


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    cari = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=80)
    jenis = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    tuan_rumah = forms.ChoiceField(
        label=gettext_lazy("Held by"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            *Host.choices,
            ("above", gettext_lazy("Put here from above")),
        ],
    )
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("All")), *((s.value, STATES[s][0]) for s in State)],
    )
    masa = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        choices=[
            ("", gettext_lazy("From today")),
            ("lalu", gettext_lazy("Past")),
            ("semua", gettext_lazy("All")),
        ],
    )

    def __init__(self, *args: Any, kinds: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["jenis"]
        field.choices = [("", _("All")), *kinds.items()]


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why does it not take place?"),
        help_text=gettext_lazy("Stands on the public agenda, where the entry is public."),
        max_length=250,
    )
    following = forms.BooleanField(
        label=gettext_lazy("Cancel the later ones of the series too"), required=False
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if event.series is None:
            del self.fields["following"]


class DocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = EventDocument
        fields = ["file", "title"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Empty: the name of the file.")
        self.fields["file"].help_text = _("PDF, office document or picture; at most 10 MB.")


class FollowUpForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = FollowUp
        fields = ["text", "person", "due_on"]
        field_classes = {"due_on": DateField}

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people_of(office)
        field.empty_label = _("Nobody yet")


class OfficesForm(forms.Form):
    """The offices below into whose calendars an event flows."""

    offices = forms.ModelMultipleChoiceField(
        Office.objects.none(),
        label=gettext_lazy("Offices"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["offices"]
        field.queryset = nameable_offices(event)
        field.label_from_instance = lambda office: office.short_name


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("ICS, XLSX or CSV; at most 2 MB and 2,000 events."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,.xlsx,.csv"}),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may see the events that do not say it"),
        choices=Visibility.choices,
        initial=Visibility.CLOSED,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".ics", ".xlsx", ".csv")):
            raise forms.ValidationError(_("Choose a file that ends in .ics, .xlsx or .csv."))
        return file
