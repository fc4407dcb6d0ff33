"""The filters of search: a GET form that works without script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .queries import Choice, Narrow, Results, choose, list_values, office_choices
from .registry import kind_labels

NEWEST = "terbaru"


def read_narrow(asked: QueryDict, *, everywhere: bool) -> Narrow:
    """What an address narrows to; what makes no sense narrows nothing."""
    year = asked.get("tahun", "")
    office = asked.get("kantor", "") if everywhere else ""
    return Narrow(
        kind=_short(asked.get("jenis", "")),
        office=office if office.replace(".", "").isdigit() and len(office) < 6 else "",
        rubric=_short(asked.get("rubrik", "")),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
    )


def _short(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:60]


class FilterForm(forms.Form):
    """Kind, office, rubric, year, order; each choice says how many results it leaves."""

    q = forms.CharField(widget=forms.HiddenInput, required=False)
    jenis = forms.ChoiceField(label=_("Kind"), required=False)
    kantor = forms.ChoiceField(label=_("Office"), required=False)
    rubrik = forms.ChoiceField(label=_("Rubric"), required=False)
    tahun = forms.ChoiceField(label=_("Year"), required=False)
    urut = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, asked: QueryDict, *, results: Results, home: str) -> None:
        super().__init__(asked, auto_id="saring-%s")
        kinds = kind_labels()
        self._offer("urut", [("", _("Best match first")), (NEWEST, _("Newest first"))])
        found = choose(
            list_values("kind", results, home),
            lambda kind: str(kinds.get(str(kind), kind)),
            lambda choice: choice.label,
        )
        self._offer("jenis", [("", _("All kinds")), *_pairs(found)])
        found = choose(list_values("rubric", results, home), str, lambda choice: choice.label)
        self._offer("rubrik", [("", _("All rubrics")), *_pairs(found)])
        found = choose(list_values("year", results, home), str, lambda choice: -int(choice.value))
        self._offer("tahun", [("", _("All years")), *_pairs(found)])
        if home:
            del self.fields["kantor"]
        else:
            groups = office_choices(list_values("office", results, home))
            offices = [(name, _pairs(choices)) if name else _pairs(choices)[0]
                       for name, choices in groups]  # fmt: skip
            self._offer("kantor", [("", _("All offices")), *offices])
        for name in [n for n in self.fields if n not in {"q", "urut"}]:
            # One choice is none, unless it is the one in force.
            if len(self.fields[name].choices) < 3 and not self.data.get(name):  # type: ignore[attr-defined]
                del self.fields[name]

    def _offer(self, name: str, choices: list[Any]) -> None:
        """The choices, with the one in force even when it leaves nothing."""
        known = {value for value, _label in _flat(choices)}
        if (value := self.data.get(name, "")) and value not in known:
            choices = [*choices, (value, value[:60])]
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def active(self) -> int:
        return sum(bool(self.data.get(name)) for name in self.fields if name != "q")


def _pairs(choices: list[Choice]) -> list[tuple[str, str]]:
    return [(c.value, c.label if c.count is None else f"{c.label} ({c.count})") for c in choices]


def _flat(choices: list[Any]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        flat += label if isinstance(label, list) else [(value, label)]
    return flat
