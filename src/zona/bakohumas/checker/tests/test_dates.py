"""Dates as articles print them: what is right passes, what is wrong is found and mended."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zona.bakohumas.checker.rules import Draft, Event, Finding, House, Severity, check
from zona.bakohumas.checker.rules.phrases import MONTHS, WEEKDAYS, find_dates

REPOSITORY = Path(__file__).resolve().parents[5]

FORMS = [
    "{w} ({d}/{m}/{y})", "{w}, ({d}/{m}/{y})", "{w} ({d:02}/{m:02}/{y})", "{w} ({d} /{m}/ {y})",
    "{w}, {d} {M} {y}", "{w} {d} {M} {y}", "{w} pagi, {d} {M} {y}", "{w}, {d:02}/{m:02}/{y}",
    "hari {w} tanggal {d} {M} {y}", "{w} tanggal {d} bulan {M} tahun {y}", "{w} ({d}-{m}-{y})",
    "{d} {M} {y} ({w})", "{w} Kliwon, {d} {M} {y}", "{w} ({d}.{m}.{y})", "{W} {d} {M} {y}",
    "{w} lalu ({d}/{m}/{y})",
]  # fmt: skip
days = st.dates(dt.date(1999, 1, 1), dt.date(2060, 12, 31))


def write(form: str, weekday: int, day: dt.date) -> str:
    name = WEEKDAYS[weekday]
    return form.format(
        w=name, W=name.upper(), d=day.day, m=day.month, M=MONTHS[day.month - 1], y=day.year
    )


def on_dates(text: str, **fields: object) -> list[Finding]:
    draft = Draft(title="Rapat", lead=f"KPU rapat di aula, {text}, dan dihadiri.", **fields)  # type: ignore[arg-type]
    return [row for row in check(draft, House()) if row.code.startswith(("weekday", "date"))]


def mend(text: str, finding: Finding) -> str:
    return text[: finding.start] + finding.suggestion + text[finding.end :]


@given(st.sampled_from(FORMS), days)
def test_every_true_weekday_passes(form: str, day: dt.date) -> None:
    assert on_dates(write(form, day.weekday(), day)) == []


@given(st.sampled_from(FORMS), days, st.integers(1, 6))
def test_every_wrong_weekday_is_found_and_the_suggestion_mends_it(
    form: str, day: dt.date, shift: int
) -> None:
    text = write(form, (day.weekday() + shift) % 7, day)
    (finding,) = on_dates(text)
    assert finding.code == "weekday_wrong"
    assert finding.severity is Severity.FAULT
    lead = f"KPU rapat di aula, {text}, dan dihadiri."
    assert (
        mend(lead, finding)
        == f"KPU rapat di aula, {write(form, day.weekday(), day)}, dan dihadiri."
    )


@given(days, st.integers(1, 6), st.integers(0, 6), st.booleans())
def test_ranges_have_both_ends_checked(
    first: dt.date, length: int, shift: int, is_numeric: bool
) -> None:
    last = first + dt.timedelta(length)
    assume(last.month == first.month)
    names = [WEEKDAYS[(day.weekday() + shift) % 7] for day in (first, last)]
    tail = f"/{last.month}/{last.year}" if is_numeric else f" {MONTHS[last.month - 1]} {last.year}"
    found = on_dates(f"{names[0]}-{names[1]} ({first.day}-{last.day}{tail})")
    assert bool(found) is (shift != 0)
    if found:
        right = f"{WEEKDAYS[first.weekday()]}-{WEEKDAYS[last.weekday()]}"
        assert found[0].suggestion.startswith(right)


@given(days, st.integers(0, 6))
def test_a_year_that_is_not_printed_is_concluded_and_only_doubted(day: dt.date, shift: int) -> None:
    assume((day.month, day.day) != (2, 29))
    text = f"{WEEKDAYS[(day.weekday() + shift) % 7]} ({day.day}/{day.month})"
    found = on_dates(text, activity_date=day, publish_on=day)
    assert [row.code for row in found] == (["weekday_doubtful"] if shift else [])
    assert all(row.severity is Severity.WARNING for row in found)


@pytest.mark.parametrize(
    ("text", "fields", "suggestion"),
    [
        # The year is the slip: the weekday fits the year of publication.
        ("Rabu, 5 April 2013", {"publish_on": dt.date(2023, 4, 6)}, "Rabu, 5 April 2023"),
        ("Senin 17 Januari 2021", {"publish_on": dt.date(2022, 1, 18)}, "Senin 17 Januari 2022"),
        # The month is: it is the day of the activity but for that.
        (
            "Senin 15 Januari 2021",
            {"activity_date": dt.date(2021, 2, 15)},
            "Senin 15 Februari 2021",
        ),
        ("Kamis (21/7/2025)", {"activity_date": dt.date(2025, 8, 21)}, "Kamis (21/8/2025)"),
        # Nothing says so: the weekday.
        ("Rabu (02/10/2025)", {"publish_on": dt.date(2025, 10, 3)}, "Kamis (02/10/2025)"),
        ("JUM'AT, 23 Oktober 2025", {}, "KAMIS, 23 Oktober 2025"),
        ("Ahad (20/10/2025)", {}, "Senin (20/10/2025)"),
    ],
)
def test_the_likeliest_slip_is_suggested(
    text: str, fields: dict[str, dt.date], suggestion: str
) -> None:
    found = [row for row in on_dates(text, **fields) if row.code == "weekday_wrong"]
    assert [row.suggestion for row in found] == [suggestion]
    assert not [row for row in on_dates(suggestion, **fields) if row.code.startswith("weekday")]


@pytest.mark.parametrize(
    "text",
    [
        "selama satu minggu (3-9/5/2025)", "Jum'at (24/10/2025)", "Jum’at (24/10/2025)",
        "Ahad (19/10/2025)", "Rabu (27/10/2021) hingga Jumat (29/10/2021)", "pukul 09.30 WIB",
        "PKPU 11/2024", "Nomor 12/HK.03/3308/2025", "RT 02/RW 03", "skor 3/4", "layanan (24/7)",
        "Selasa-Kamis (30 September - 2 Oktober 2025)", "setiap Rabu pukul 19.00",
        "Senin dan Selasa (13 dan 14/10/2025)", "Senin s.d. Rabu, 13 s.d. 15 Oktober 2025",
    ],
)  # fmt: skip
def test_what_is_right_or_no_date_is_left_alone(text: str) -> None:
    assert not [
        row for row in on_dates(f"{text} pada Selasa (21/10/2025)") if row.code != "date_missing"
    ]


@pytest.mark.parametrize("text", ["31/02/2025", "(31/9)", "30 Februari 2025", "29/2/2025"])
def test_days_that_do_not_exist(text: str) -> None:
    assert [row.code for row in on_dates(f"Senin {text}")] == ["date_impossible"]


def codes(**fields: object) -> list[str]:
    return [row.code for row in check(Draft(title="Rapat", **fields), House())]  # type: ignore[arg-type]


def test_missing_year_offers_the_one_of_the_activity() -> None:
    found = check(
        Draft(lead="KPU rapat di aula, Kamis (21/8).", activity_date=dt.date(2025, 8, 21)), House()
    )
    (row,) = (row for row in found if row.code == "year_missing")
    assert row.suggestion == "Kamis (21/8/2025)"
    assert "year_missing" not in codes(
        lead="Rapat Kamis (21/8).", dateline="Wates, 21 Agustus 2025"
    )
    assert "date_missing" in codes(lead="KPU rapat di aula.")
    assert "date_missing" not in codes(lead="KPU rapat.", activity_date=dt.date(2025, 8, 21))


def test_what_is_told_lies_before_publication_unless_it_is_announced() -> None:
    early = {"publish_on": dt.date(2025, 8, 20)}
    assert "event_after_publication" in codes(lead="KPU rapat Kamis (21/8/2025).", **early)
    assert "event_after_publication" not in codes(lead="KPU akan rapat Kamis (21/8/2025).", **early)
    assert "event_after_publication" not in codes(
        lead="KPU rapat Rabu (20/8/2025) membahas Pemilu Kamis (21/8/2025).", **early
    )


def test_the_day_of_the_text_agrees_with_activity_and_agenda() -> None:
    day = dt.date(2025, 8, 21)
    event = Event("Rakor", day, day + dt.timedelta(1))
    lead = "KPU rapat di aula, Jumat (22/8/2025)."
    assert "date_other_than_activity" in codes(lead=lead, activity_date=day)
    assert "date_other_than_activity" not in codes(lead=lead, activity_date=day, event=event)
    assert "date_other_than_activity" not in codes(lead=lead, event=event)
    assert "date_other_than_activity" not in codes(
        lead=lead, activity_date=day, event=event, is_roundup=True
    )
    assert "activity_other_than_event" in codes(
        lead=lead, activity_date=dt.date(2025, 7, 21), event=event
    )


@given(st.text(alphabet="0123456789/.-, ()RTWSeninKamis \nOktober2025", max_size=80))
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    for date in find_dates(text):
        start, end = date.span
        assert 0 <= start < end <= len(text)
    check(Draft(title=text, lead=text, paragraphs=(text,), dateline=text), House(dateline="x"))


def load_bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("checker_bench", REPOSITORY / "bench/checker.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_weekday_rule_on_real_articles(shared_data: Path) -> None:
    bench = load_bench()
    articles = bench.read_articles(shared_data / "data/articles.jsonl")
    precision, recall, labelled = bench.score(bench.check_all(articles))
    assert labelled >= 40
    assert (precision, recall) == (1.0, 1.0)
