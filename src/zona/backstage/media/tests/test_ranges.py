"""Parts of files against plain slicing."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from zona.backstage.media.ranges import UnsatisfiableRange, parse_range, ranged_response

DATA = bytes(range(256)) * 3
ETAG = '"abc"'
MODIFIED = 1_700_000_000.5


def ask(method: str = "GET", **headers: str):
    request = getattr(RequestFactory(), method.lower())("/", headers=headers)
    return ranged_response(
        request, BytesIO(DATA), size=len(DATA), content_type="audio/mpeg", etag=ETAG,
        modified=MODIFIED,
    )  # fmt: skip


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


@given(st.binary(max_size=400), st.integers(0, 450), st.none() | st.integers(0, 450))
def test_a_part_is_what_slicing_gives(data, first, last):
    try:
        part = parse_range(f"bytes={first}-{'' if last is None else last}", len(data))
    except UnsatisfiableRange:
        assert first >= len(data)
        return
    if last is not None and last < first:
        assert part is None
        return
    assert part is not None
    wanted = data[first:] if last is None else data[first : last + 1]
    assert data[part[0] : part[1] + 1] == wanted


@given(st.binary(max_size=400), st.integers(0, 450))
def test_the_end_of_a_file_is_what_slicing_gives(data, length):
    try:
        part = parse_range(f"bytes=-{length}", len(data))
    except UnsatisfiableRange:
        assert not length or not data
        return
    assert part is not None
    assert data[part[0] : part[1] + 1] == data[-length:]


@given(st.text(max_size=30), st.integers(0, 1000))
def test_nonsense_asks_for_nothing(header, size):
    try:
        part = parse_range(header, size)
    except UnsatisfiableRange:
        return
    assert part is None or 0 <= part[0] <= part[1] < size


def test_whole_part_and_head():
    whole, part, head = ask(), ask(range="bytes=10-19"), ask("HEAD", range="bytes=-5")
    assert (whole.status_code, body(whole), whole["Accept-Ranges"]) == (200, DATA, "bytes")
    assert (part.status_code, body(part)) == (206, DATA[10:20])
    assert (part["Content-Range"], part["Content-Length"]) == (f"bytes 10-19/{len(DATA)}", "10")
    assert (head.status_code, body(head), head["Content-Length"]) == (206, b"", "5")


@pytest.mark.parametrize("header", ["bytes=5-2", "bytes=0-1,4-5", "items=0-1", "bytes=a-b"])
def test_what_is_no_single_part_gets_everything(header):
    answer = ask(range=header)
    assert (answer.status_code, body(answer)) == (200, DATA)


def test_beyond_the_end():
    answer = ask(range=f"bytes={len(DATA)}-")
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(DATA)}")


@pytest.mark.parametrize(
    ("condition", "status"),
    [(ETAG, 206), ('"other"', 200), ("W/" + ETAG, 200), ("nonsense", 200),
     ("Tue, 14 Nov 2023 22:13:20 GMT", 206), ("Tue, 14 Nov 2023 22:13:21 GMT", 200)],
)  # fmt: skip
def test_a_part_only_of_the_same_file(condition, status):
    assert ask(range="bytes=0-1", if_range=condition).status_code == status


def test_unchanged_files_are_not_sent_again():
    answer = ask(if_none_match=ETAG)
    assert (answer.status_code, body(answer), answer["ETag"]) == (304, b"", ETAG)
