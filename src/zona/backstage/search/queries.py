"""What the screens of search read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from zona.offices.models import Office

from . import engines
from .engines.base import CAP, Ask, Hit
from .models import Entry, Word
from .rules import asking, scopes, spelling
from .rules.asking import Habits, Query

PAGE_SIZE = 20
FEW = 3  # with fewer results a guess at a mistyped word is worth its time
SOME = 10  # with fewer results those that have only some of the words follow
SUGGESTIONS = 6


@dataclass(frozen=True)
class Narrow:
    """What results are narrowed to; empty values do not narrow."""

    kind: str = ""
    office: str = ""  # code; of a province: with all offices below it
    rubric: str = ""
    year: int | None = None

    def without(self, name: str) -> Narrow:
        return Narrow(**(self.__dict__ | {name: type(self).__dict__[name]}))

    def scopes(self) -> list[str]:
        found = []
        if self.kind:
            found.append(scopes.kind_scope(self.kind))
        if self.office:
            is_region = "." not in self.office and self.office != "00"
            narrow = scopes.region_scope if is_region else scopes.office_scope
            found.append(narrow(self.office))
        if self.rubric:
            found.append(scopes.rubric_scope(self.rubric))
        if self.year:
            found.append(scopes.year_scope(self.year))
        return found


@dataclass(frozen=True)
class Results:
    """What was found: hits in order, and how they divide."""

    query: Query
    hits: list[Hit] = field(default_factory=list)  # at most CAP
    whole: int = 0  # so many of them have all words; the others, behind them, have some
    is_capped: bool = False  # there are more
    counts: dict[str, Counter[object]] | None = None  # by filter; None when there are too many


def search(
    text: str,
    *,
    today: dt.date,
    home: str = "",
    narrow: Narrow | None = None,
    newest: bool = False,
    habits: Habits = asking.USUAL,
) -> Results:
    """Look for what was typed. `home`: code of the one office that is searched, "" for all."""
    query = asking.understand(text, habits=habits)
    narrow = narrow or Narrow()
    if not query.terms:
        return Results(query)
    base = (scopes.office_scope(home),) if home else ()
    ask = Ask(query.required, base, today, newest)
    hits = engines.find(ask, CAP + 1)
    if not hits:  # the last word may be the beginning of one
        begun = asking.understand(text, is_typing=True, habits=habits)
        ask = replace(ask, terms=begun.required)
        hits = engines.find(ask, CAP + 1)
        query = begun if hits else query
    others: list[Hit] = []
    if len(hits) < SOME and len(ask.terms) > 1:
        seen = {hit.id for hit in hits}
        some = engines.find_some(ask, asking.least_of(ask.terms), CAP - len(hits))
        others = [hit for hit in some if hit.id not in seen]
    return _narrow(query, ask, hits, others, narrow)


def _narrow(query: Query, ask: Ask, hits: list[Hit], others: list[Hit], narrow: Narrow) -> Results:
    """Filters among few hits need no second look at the index; among many there are no counts."""
    if len(hits) <= CAP:
        whole = {hit.id for hit in hits}
        hits = [*hits, *others]
        codes = _codes(hits)
        counts = {
            name: Counter(_values(name, kept, codes))
            for name in ("kind", "office", "rubric", "year")
            for kept in [[hit for hit in hits if _fits(hit, narrow.without(name), codes)]]
        }
        kept = [hit for hit in hits if _fits(hit, narrow, codes)]
        return Results(query, kept, sum(hit.id in whole for hit in kept), False, counts)
    if narrowed := narrow.scopes():
        hits = engines.find(replace(ask, scopes=(*ask.scopes, *narrowed)), CAP + 1)
    return Results(query, hits[:CAP], min(len(hits), CAP), len(hits) > CAP)


def _codes(hits: Iterable[Hit]) -> dict[int | None, str]:
    ids = {hit.office_id for hit in hits if hit.office_id}
    return dict(Office.objects.filter(pk__in=ids).values_list("pk", "code"))


def _values(name: str, hits: Iterable[Hit], codes: dict[int | None, str]) -> Iterable[object]:
    read: dict[str, Callable[[Hit], object]] = {
        "kind": lambda hit: hit.kind,
        "office": lambda hit: codes.get(hit.office_id, ""),
        "rubric": lambda hit: hit.rubric,
        "year": lambda hit: hit.year,
    }
    return filter(None, map(read[name], hits))


def _fits(hit: Hit, narrow: Narrow, codes: dict[int | None, str]) -> bool:
    code = codes.get(hit.office_id, "")
    if narrow.office and code != narrow.office:
        is_region = "." not in narrow.office and narrow.office != "00"
        if not is_region or code.partition(".")[0] != narrow.office:
            return False
    return (
        narrow.kind in ("", hit.kind)
        and (not narrow.rubric or _same_rubric(hit.rubric, narrow.rubric))
        and narrow.year in (None, hit.year)
    )


def _same_rubric(one: str, other: str) -> bool:
    return scopes.rubric_scope(one) == scopes.rubric_scope(other)


def load(hits: Iterable[Hit]) -> list[Entry]:
    """The entries of one page, in the order of the hits."""
    wanted = [hit.id for hit in hits]
    rows = Entry.objects.select_related("office").defer("title_stem", "text_stem")
    found = rows.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def suggest(text: str, *, today: dt.date, home: str = "") -> list[Entry]:
    """Entries whose titles fit what is being typed."""
    query = asking.understand(text, is_typing=True)
    if not query.terms or len(query.text) < 2:
        return []
    base = (scopes.office_scope(home),) if home else ()
    ask = Ask(query.required, base, today, titles_only=True)
    return load(engines.find(ask, SUGGESTIONS))


def guess_meant(results: Results, *, today: dt.date, home: str = "") -> str:
    """The query with mistyped words put right, when that finds more; "" when not."""
    if results.whole >= FEW:
        return ""
    typed = [
        raw
        for term in results.query.required
        for raw in term.phrases[0].raws
        if spelling.is_guessable(raw)
    ]
    known = set(Word.objects.filter(word__in=typed).values_list("word", flat=True))
    unknown = [raw for raw in dict.fromkeys(typed) if raw not in known]
    changes = {raw: best for raw in unknown if (best := _nearest(raw))}
    if not changes:
        return ""
    meant = spelling.exchange(results.query.text, changes)
    query = asking.understand(meant)
    base = (scopes.office_scope(home),) if home else ()
    enough = results.whole + 1
    found = engines.find(Ask(query.required, base, today), enough)
    return meant if len(found) >= enough else ""


def _nearest(raw: str) -> str:
    reach = spelling.allowed_distance(raw)
    near = Word.objects.filter(length__gte=len(raw) - reach, length__lte=len(raw) + reach)
    guesses = spelling.guess(raw, near.values_list("word", "documents").iterator(5_000), most=1)
    return guesses[0] if guesses else ""


# --- what there is to narrow to ---


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int | None = None  # None: too many to count


def list_values(name: str, results: Results, home: str) -> dict[object, int | None]:
    """What a filter can be set to, with how many entries it leaves."""
    if results.counts is not None:
        return dict(results.counts[name])
    rows = Entry.objects.filter(office__code=home) if home else Entry.objects.all()
    field_name = "office__code" if name == "office" else name
    return dict.fromkeys(filter(None, rows.values_list(field_name, flat=True).distinct()))


def choose(
    values: dict[object, int | None],
    label: Callable[[object], str],
    order: Callable[[Choice], object],
) -> list[Choice]:
    choices = [Choice(str(value), label(value), count) for value, count in values.items()]
    return sorted(choices, key=order)  # type: ignore[arg-type]


def office_choices(values: dict[object, int | None]) -> list[tuple[str, list[Choice]]]:
    """Offices by province; the first choice of a province means all of it."""
    rows = Office.objects.filter(code__in=[str(code) for code in values])
    regions = {str(code).partition(".")[0] for code in values} - {"00"}
    names = dict(Office.objects.filter(code__in=regions).values_list("code", "region"))
    groups: dict[str, list[Choice]] = {}
    for office in rows.order_by("code"):
        region = office.code.partition(".")[0]
        groups.setdefault(region, []).append(
            Choice(office.code, office.short_name, values[office.code])
        )
    return [
        (names.get(region, ""), _with_region(region, names.get(region, ""), choices))
        for region, choices in groups.items()
    ]


def _with_region(region: str, name: str, choices: list[Choice]) -> list[Choice]:
    """A province as a whole, before its offices; its own office is one of them."""
    offices = [choice for choice in choices if choice.value != region]
    if region == "00" or not offices:
        return choices
    counts = [choice.count for choice in choices]
    total = None if None in counts else sum(filter(None, counts))
    return [Choice(region, name, total), *offices]
