"""How words are cleaned, data is noticed, and votes are weighed."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.ground.mail.rules import is_letter_due
from zona.website.feedback import rules

DIGITS = st.text("0123456789", min_size=4, max_size=4).filter(lambda text: text != "0000")


@given(st.text(max_size=3_000))
def test_cleaning_leaves_plain_text_and_needs_no_second_time(text):
    clean = rules.clean_text(text)
    assert len(clean) <= rules.MAX_TEXT
    assert rules.clean_text(clean) == clean
    bad = {s for s in clean if unicodedata.category(s)[0] == "C"} - {"\n", "\u200d"}
    assert not bad
    assert "\n\n\n" not in clean


@given(
    st.integers(11, 97), st.integers(0, 9999), st.integers(1, 31), st.booleans(),
    st.integers(1, 12), st.integers(0, 99), DIGITS, st.sampled_from(["", " ", ".", "-"]),
)  # fmt: skip
def test_every_nik_is_noticed(province, place, day, woman, month, year, serial, gap):
    born = f"{day + 40 * woman:02d}{month:02d}{year:02d}"
    nik = gap.join([f"{province}{place:04d}", born, serial])
    assert "nik" in rules.find_personal_data(f"NIK saya {nik}, tolong.")


@given(
    st.sampled_from(["08", "+628", "628", "+62 8"]), st.text("0123456789", min_size=8, max_size=10)
)
def test_every_mobile_number_is_noticed(start, rest):
    assert "phone" in rules.find_personal_data(f"hubungi {start}{rest} ya")


@pytest.mark.parametrize(
    "text",
    [
        "Jumlah pemilih 1.024.311 orang di 21 kecamatan.",
        "Keputusan Nomor 117 Tahun 2025, Rp15.000.000.000",
        "rekening 9999999999999999",
        "Senin, 24-11-2025 pukul 08.00-16.00",
        "kantor (0293) 788001",
    ],
)
def test_ordinary_numbers_are_not_taken_for_somebody(text):
    assert rules.find_personal_data(text) == set()


@given(st.integers(0, 10**9), st.integers(0, 4 * 10**9))
def test_a_version_reads_as_it_is_written(revision, seconds):
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    version = rules.Version(revision, moment)
    assert rules.Version.parse(str(version)) == version


@given(st.text(max_size=30))
def test_what_is_no_version_is_none(text):
    found = rules.Version.parse(text)
    assert found is None or "-" in text


def test_few_votes_are_no_measure():
    assert not rules.Score(0, 4).is_measured
    assert not rules.Score(0, 4).is_poor
    assert rules.Score(3, 5).is_poor
    assert not rules.Score(4, 5).is_poor


def test_a_new_rule_of_retention_holds_from_its_day_only(tmp_path):
    path = tmp_path / "rules.json"
    rows = [("2025-01-01", 30), ("2026-06-01", 14)]
    path.write_text(json.dumps([{"what": "a", "days": d, "valid_from": f} for f, d in rows]))
    assert rules.retention_days("a", dt.date(2026, 5, 31), path) == 30
    assert rules.retention_days("a", dt.date(2026, 6, 1), path) == 14
    with pytest.raises(KeyError):
        rules.retention_days("a", dt.date(2024, 1, 1), path)
    assert rules.retention_days("reporter_email", dt.date(2026, 1, 1)) == 30


@given(st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2030, 1, 1)))
def test_the_letter_is_due_once_on_monday_morning(local):
    due = is_letter_due(local, None)
    assert due == (local.weekday() == 0 and (local.hour, local.minute) >= (7, 30))
    assert not is_letter_due(local, local.date())
