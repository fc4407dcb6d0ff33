"""What goes out as a table is harmless, and comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.ground.typed.tables import take_quote_off, write_rows

CELLS = st.text(alphabet="=+-@|%'\\;\"\t\r\n 0aé").map(str.lstrip)


def out_and_back(cells: list[str]) -> list[str]:
    out = io.StringIO(newline="")
    write_rows(out, cells)
    [row] = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=";")
    return row


@pytest.mark.parametrize(
    "cell", ["+62 812", "=1+1", "@x", "-a", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "%x"]
)
def test_no_cell_is_a_formula(cell):
    [written] = out_and_back([cell])
    assert written.startswith("'")
    assert take_quote_off(written) == cell.lstrip()


@given(CELLS.filter(lambda cell: not cell.startswith("'") and "\\|" not in cell))
def test_a_cell_comes_back_as_it_went(cell):
    assert [take_quote_off(row) for row in out_and_back(["x", cell])] == ["x", cell]
