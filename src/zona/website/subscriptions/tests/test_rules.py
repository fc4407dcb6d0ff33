"""The arithmetic of letters and pushes."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.website.subscriptions import rules

ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
MOMENTS = st.datetimes(
    dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.sampled_from(ZONES)
)


@given(MOMENTS, st.sampled_from(["daily", "weekly"]))
def test_a_digest_is_due_at_seven_and_never_in_the_past(moment, frequency):
    due = rules.next_due(frequency, moment)
    assert due > moment
    assert due.time() == rules.MORNING
    assert due - moment <= dt.timedelta(days=7 if frequency == "weekly" else 1)
    assert frequency == "daily" or due.weekday() == 0
    assert due.tzinfo == moment.tzinfo


@given(MOMENTS)
def test_at_once_is_now(moment):
    assert rules.next_due("at_once", moment) == moment


@given(st.text(max_size=400), st.integers(4, 300))
def test_cut_text_fits_and_is_whole(text, most):
    short = rules.shorten_bytes(text, most)
    assert len(short.encode()) <= most
    if len(text.encode()) <= most:
        assert short == text


@given(st.sampled_from(["kantor"]) | st.builds("{}-{}".format, st.sampled_from(["rubrik", "topik"]),
       st.integers(1, 10**9)))  # fmt: skip
def test_a_topic_reads_as_it_is_written(text):
    assert str(rules.Topic.parse(text)) == text


@pytest.mark.parametrize("text", ["x", "kantor-1", "rubrik-0", "rubrik-", "topik-1 ", "lain-1"])
def test_other_topics_are_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        rules.Topic.parse(text)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://web.push.apple.com/QABC", True),
        ("https://db5p.notify.windows.com/w/?token=a", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://evilpush.apple.com.example/", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1", False),
    ],
)
def test_only_known_push_services_are_called(url, known):
    assert rules.is_push_service(url) is known


@pytest.mark.parametrize(("text", "seconds"), [("120", 120), ("999999", 86_400), ("Mon", None)])
def test_retry_after(text, seconds):
    found = rules.parse_retry_after(text)
    assert (found and found.total_seconds()) == seconds
