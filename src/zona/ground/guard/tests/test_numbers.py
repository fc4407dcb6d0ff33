"""Numbers from addresses: plain digits of a key, and nothing else."""

from hypothesis import example, given
from hypothesis import strategies as st

from zona.ground.guard.numbers import MOST, read_number, read_numbers


@given(st.text())
@example("²")
@example("٣")
@example("1_0")
@example(" 1")
@example("-1")
@example("1\x00")
@example("9" * 5_000)
@example(str(MOST + 1))
@example("")
def test_any_text_is_a_number_of_a_key_or_none(text: str) -> None:
    number = read_number(text)
    assert number is None or (0 <= number <= MOST and text.strip("0123456789") == "")
    assert number is None or number == int(text)


@given(st.integers(0, MOST))
def test_every_key_is_read(number: int) -> None:
    assert read_number(str(number)) == number
    assert read_number(str(number), most=number) == number
    assert read_number(str(number), most=number - 1) is None


def test_what_is_no_text_is_none() -> None:
    assert read_number(None) is None
    assert read_numbers(["1", "²", None, "3"]) == [1, 3]


def test_a_number_is_one_already() -> None:
    assert [read_number(value) for value in (7, 0, -1, 2**63, True)] == [7, 0, None, None, None]
