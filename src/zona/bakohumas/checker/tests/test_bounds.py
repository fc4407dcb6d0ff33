"""Texts that once held a page up: the checker is done soon, or says what it left out."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zona.bakohumas.checker.rules import UNREAD, Draft, House, Photo, check
from zona.bakohumas.checker.rules.bounds import LONGEST_WORD, MOST_TEXT, bounded

PICTURE = base64.b64encode(bytes(range(256)) * 42).decode()  # 14 kB
WRONG = "KPU rapat di aula, Rabu (21/8/2025)."
PIECES = (
    "A", "a.", "1", "1 ", "1.000", "9" * 5_000, "²", "٣", "(KPU) ", "L 1 P 1 total ", "\x00", "\n",
    " ", "dari 10 orang 5 persen ", "Rabu (1/1/2025) ", "dok. foto ", "<p ", "{", "Siti (7 tahun) ",
    "é", "😀",
)  # fmt: skip


def codes(draft: Draft) -> set[str]:
    return {row.code for row in check(draft, House())}


def test_a_pasted_picture_is_named_and_not_read() -> None:
    text = f"Foto: {PICTURE} {WRONG}"
    found = [row for row in check(Draft(paragraphs=(text,)), House()) if row.code == UNREAD]
    (row,) = found
    assert text[row.start : row.end] == PICTURE
    assert (row.values["count"], row.values["begin"]) == (str(len(PICTURE)), PICTURE[:20])


def test_what_stands_around_it_is_read_at_its_place() -> None:
    text = f"{PICTURE} {WRONG}"
    (row,) = (row for row in check(Draft(lead=text), House()) if row.code == "weekday_wrong")
    assert text[row.start : row.end] == row.excerpt == "Rabu (21/8/2025)"


@pytest.mark.parametrize("length", range(LONGEST_WORD + 1, LONGEST_WORD + 5))
def test_a_covered_stretch_keeps_its_length_and_says_nothing(length: int) -> None:
    draft, _unread = bounded(Draft(lead=f"KPU {'x' * length} rapat."))
    assert len(draft.lead) == len(f"KPU {'x' * length} rapat.")
    assert codes(Draft(lead=f"KPU {'x' * length} rapat.")) <= {
        UNREAD,
        "title_missing",
        "date_missing",
    }


def test_what_lies_beyond_the_measure_is_told() -> None:
    words = "Rapat pleno di aula. " * (MOST_TEXT // 21 + 10)
    (row,) = (row for row in check(Draft(paragraphs=(words,)), House()) if row.code == UNREAD)
    assert 0 <= MOST_TEXT - row.start < LONGEST_WORD
    assert row.end == len(words)


def test_an_ordinary_long_address_is_read() -> None:
    address = "https://drive.google.com/file/d/" + "a" * 200
    assert UNREAD not in codes(Draft(lead=f"Unduh di {address} sekarang."))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.integers(1, 60)), max_size=6))
def test_no_text_is_too_strange(parts: list[tuple[str, int]]) -> None:
    text = "".join(piece * times for piece, times in parts)
    draft = Draft(
        title=text, lead=text, paragraphs=(text, text), dateline=text, people=text,
        photos=(Photo(alt=text, caption=text),),
    )  # fmt: skip
    for row in check(draft, House(dateline="Kota Mungkid")):
        assert 0 <= row.start <= row.end


@pytest.mark.parametrize("unit", ["A", "Aa ", "1 ", "1\n", "a.Bb ", "(KPU) ", "A\n", "21/8/2025 "])
def test_time_grows_with_the_length_alone(unit: str) -> None:
    """Eight times the text takes far less than the 64 times of a quadratic rule."""

    def seconds(length: int) -> float:
        draft = Draft(title="KPU", paragraphs=((unit * length)[:length],))
        begin = time.process_time()
        check(draft, House())
        return time.process_time() - begin

    seconds(2_000)
    short = min(seconds(5_000) for _again in range(3))
    assert seconds(40_000) < 30 * max(short, 0.005)
