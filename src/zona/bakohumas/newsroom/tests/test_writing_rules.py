from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.agenda.rules import duties
from zona.bakohumas.newsroom.rules import writing as rules

DAY = dt.date(2025, 8, 21)
NOON = dt.datetime(2025, 8, 21, 12, tzinfo=dt.UTC)
plain = st.lists(st.text(alphabet="abc <>&\"'-\n{}é", max_size=20), max_size=5).map("\n".join)


def test_a_day_reads_as_in_an_article():
    assert rules.day_text(DAY) == "Kamis (21/8/2025)"


@given(st.dates())
def test_weekday_and_date_always_agree(day):
    name, printed = re.fullmatch(r"(\w+) \((.+)\)", rules.day_text(day)).groups()
    assert (
        rules.WEEKDAYS[dt.datetime.strptime(printed.zfill(9), "%d/%m/%Y").weekday()] == name
        if day.year >= 1000
        else True
    )


@given(plain)
def test_plain_text_survives_being_kept(text):
    kept = rules.to_html(text)
    back = rules.to_text(kept)
    assert back is not None
    assert rules.to_html(back) == kept


@given(plain)
def test_nothing_typed_becomes_markup(text):
    assert not re.sub(r"</?(?:p|ul|li)>|<br/>", "", rules.to_html(text)).count("<")


def test_paragraphs_lists_and_breaks():
    html = rules.to_html("Satu\nbaris\n\n- a & b\n- <c>\n\nDua")
    assert html == "<p>Satu<br/>baris</p><ul><li>a &amp; b</li><li>&lt;c&gt;</li></ul><p>Dua</p>"
    assert rules.to_text('<p data-block-key="x1">Satu<br/>baris</p>') == "Satu\nbaris"


@pytest.mark.parametrize(
    "rich",
    ["<p><b>a</b></p>", '<p><a href="/x">a</a></p>', "<ol><li>a</li></ol>", "a", "<h2>a</h2>"],
)
def test_what_is_richer_than_text_is_not_flattened(rich):
    assert rules.to_text(rich) is None


def test_the_skeleton_is_filled_with_what_is_known_and_guides_for_the_rest():
    text = rules.fill_skeleton(
        "{Hari} di {tempat}: {siapa}\nDasar hukum?",
        {"hari": "Kamis", "tempat": "Aula {x}", "siapa": " "},
    )
    assert text == "Kamis di Aula x: {siapa}\n{Dasar hukum?}"
    assert rules.leftovers(text, text) == ["{siapa}", "{Dasar hukum?}"]


@given(st.text(alphabet="ab{}\n -", max_size=60))
def test_no_line_of_a_skeleton_passes_for_finished_text(skeleton):
    for line in rules.fill_skeleton(skeleton, {}).splitlines():
        assert not line or rules.leftovers(line) or not re.sub(r"[{} -]", "", line)


@given(st.integers(-600, 600), st.one_of(st.none(), st.integers(-600, 600)))
def test_reminders_come_once_before_and_once_after(minute, reminded):
    now, due = NOON + dt.timedelta(minutes=minute), NOON
    last = None if reminded is None else NOON + dt.timedelta(minutes=reminded)
    what = duties.needs_reminder(now, due, last)
    assert what == "" or duties.needs_reminder(now, due, now) == ""
    assert (what == "late") == (now >= due and (last is None or last < due))


def test_risk_is_that_of_the_gravest_event():
    assert duties.highest_risk([]) == "low"
    assert duties.highest_risk(["medium", "high", "low"]) == "high"


def test_a_roundup_tells_each_event_with_day_and_place():
    told = [
        rules.Told("Apel pagi", DAY, "halaman kantor"),
        rules.Told("Pleno", DAY - dt.timedelta(1)),
    ]
    text = rules.roundup_text(told)
    assert "- Rabu (20/8/2025): Pleno. {" in text
    assert "- Kamis (21/8/2025) di halaman kantor: Apel pagi. {" in text
    for count in (0, 1, 8):
        with pytest.raises(ValueError, match="roundup"):
            rules.roundup_text([told[0]] * count)


def test_an_item_is_like_the_event_it_tells_of():
    title = "KPU Magelang Goes to School di SMA Taruna"
    near = duties.likeness(title, DAY, "Goes to School SMA Taruna Nusantara", DAY)
    far = duties.likeness(title, DAY, "Goes to School SMA Taruna Nusantara", DAY - dt.timedelta(10))
    assert near > 0.6 > far > 0
    assert duties.likeness(title, DAY, "Goes to School SMA", DAY + dt.timedelta(1)) == 0
    assert duties.likeness(title, DAY, "Rapat pleno", DAY) == 0
