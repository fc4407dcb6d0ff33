"""The arithmetic of the agenda, and dates as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.agenda.actions.kinds import read_catalogue
from zona.bakohumas.agenda.rules import agenda as rules
from zona.bakohumas.agenda.rules.agenda import Every, Facts, Slot, State

DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31))


@given(DAYS)
def test_a_week_is_found_again_by_its_name(day):
    monday = rules.read_week(rules.week_name(day))
    assert monday == rules.monday_of(day)
    assert monday.weekday() == 0


@pytest.mark.parametrize("text", ["", "2026-W54", "2025-W53", "1999-W01", "2026-48", "2026-W4"])
def test_what_names_no_week(text):
    assert rules.read_week(text) is None


@given(DAYS, st.sampled_from(list(Every)), st.integers(0, 500))
def test_repeats_keep_the_weekday_and_the_bounds(first, every, days):
    until = first + dt.timedelta(days=days)
    found = rules.repeats(first, every, until)
    assert found[0] == first
    assert found == sorted(set(found))
    assert len(found) <= rules.MOST_REPEATS
    assert all(day <= until for day in found[1:])
    if every is Every.DAY:
        assert all(day.weekday() < 5 for day in found[1:])
    else:
        assert {day.weekday() for day in found} == {first.weekday()}


def test_a_fifth_monday_falls_on_the_last():
    found = rules.repeats(dt.date(2026, 11, 30), Every.MONTH, dt.date(2027, 3, 31))
    assert [day.isoformat() for day in found] == [
        "2026-11-30", "2026-12-28", "2027-01-25", "2027-02-22", "2027-03-29",
    ]  # fmt: skip


def moment(hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, 23, hour, tzinfo=dt.UTC)


def test_overlaps_need_one_place_or_one_person():
    slots = [
        Slot(1, moment(9), moment(11), "Aula", frozenset({7})),
        Slot(2, moment(10), moment(12), "aula "),
        Slot(3, moment(10), moment(11), "Pendopo", frozenset({7})),
        Slot(4, moment(11), moment(12), "Pendopo"),
        Slot(5, moment(9), moment(12)),
    ]
    assert rules.overlaps(slots) == {1: [2, 3], 2: [1], 3: [1]}


def test_states_and_the_result_of_a_week():
    assert rules.state_of(Facts(is_published=True, is_cancelled=True)) is State.PUBLISHED
    assert rules.state_of(Facts(is_excepted=True, has_draft=True)) is State.EXCEPTED
    assert rules.state_of(Facts(is_in_work=True, publishes=False)) is State.WRITING
    assert rules.state_of(Facts(has_ended=True)) is State.UNCOVERED
    assert rules.state_of(Facts()) is State.PLANNED
    result = rules.result_of([State.PUBLISHED, State.EXCEPTED, State.UNCOVERED, State.PLANNED])
    assert (result.events, result.published, result.missing) == (2, 1, 1)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dr. Siti Aminah, M.Si.", "SA"), ("budi", "B"), ("Muhammad Ali bin Umar", "MU"), ("", "")],
)
def test_initials(name, letters):
    assert rules.initials(name) == letters


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Rapat Pleno Terbuka PDPB Triwulan IV", "pdpb_pleno"),
        ("Apel pagi", "apel"),
        ("KPU Goes to School di SMA 1", "pendidikan_sekolah"),
        ("Bersih-bersih gudang", "lain"),
    ],
)
def test_the_kind_is_guessed_from_the_title(title, code):
    assert rules.guess_kind(title, [row["code"] for row in read_catalogue()]) == code


def test_every_guessable_kind_is_delivered():
    codes = {row["code"] for row in read_catalogue()}
    assert {code for _, code in rules.HINTS} | {rules.OTHER} <= codes


def test_kinds_are_found_by_code_name_or_last_part():
    names = {row["code"]: row["name"] for row in read_catalogue()}
    assert rules.find_kind("Rapat Koordinasi", names) == "rakor"
    assert rules.find_kind("pdpb_pleno", names) == "pdpb_pleno"
    assert rules.find_kind("Sekolah", names) == "pendidikan_sekolah"
    assert rules.find_kind("entah", names) == ""
