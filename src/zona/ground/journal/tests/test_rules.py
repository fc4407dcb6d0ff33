"""Properties of the chain: any single act of tampering is found and named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.ground.journal.rules import (
    GENESIS,
    Break,
    Kind,
    Mark,
    Row,
    canonical,
    check_verb,
    entry_hash,
    find_break,
    plain_changes,
    shorten,
)

texts = st.text(max_size=12)
contents = st.fixed_dictionaries(
    {
        "at": st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
        "actor_label": texts,
        "reason": texts,
        "changes": st.dictionaries(texts, st.tuples(texts, st.integers()).map(list), max_size=2),
    }
)


def seal(row: Row) -> Row:
    return replace(row, hash=entry_hash(row.previous_hash, row.content()))


def make_row(seq: int, previous_hash: str, content: dict, key: int | None = None) -> Row:
    fixed = {"office_code": "33.08", "actor_id": "1", "verb": "offices.role_given"}
    fixed |= {"target_type": "offices.role", "target_id": "5", "target_label": "x"}
    fixed |= {"request_id": "", "previous_hash": previous_hash, "hash": ""}
    return seal(Row(id=key or seq, seq=seq, **fixed, **content))


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[Row], Mark]:
    rows: list[Row] = []
    for content in draw(st.lists(contents, min_size=1, max_size=12)):
        rows.append(make_row(len(rows) + 1, rows[-1].hash if rows else GENESIS, content))
    return rows, Mark(len(rows), rows[-1].hash)


def place_in(data: st.DataObject, rows: list[Row]) -> int:
    return data.draw(st.integers(0, len(rows) - 1))


def named(found: Break | None) -> tuple[Kind, int] | None:
    return found and (found.kind, found.seq)


def renumbered(rows: list[Row], step: int) -> list[Row]:
    return [replace(row, seq=row.seq + step) for row in rows]


@given(chains())
def test_an_untouched_chain_is_whole(chain: tuple[list[Row], Mark]) -> None:
    assert find_break(*chain) is None
    assert find_break(iter(chain[0]), chain[1], noted=chain[1]) is None


def test_an_office_without_rows_is_whole() -> None:
    assert find_break([], None) is None
    assert find_break([], Mark(0, GENESIS)) is None


@pytest.mark.parametrize("rehashed", [False, True])
@given(chain=chains(), data=st.data(), other=contents)
def test_a_changed_row_is_named(rehashed: bool, chain, data, other) -> None:
    rows, head = chain
    place = place_in(data, rows)
    field = data.draw(st.sampled_from(sorted(other)))
    value = other[field]
    if value == getattr(rows[place], field):
        value = value + timedelta(microseconds=1) if field == "at" else f"{value}x"
    altered = replace(rows[place], **{field: value})
    rows[place] = seal(altered) if rehashed else altered
    assert named(find_break(rows, head)) == (Kind.CHANGED, place + 1)


@pytest.mark.parametrize(
    "field", ["office_code", "actor_id", "verb", "target_type", "target_id", "target_label"]
)
@given(chain=chains(), data=st.data())
def test_every_column_is_covered(field: str, chain, data) -> None:
    rows, head = chain
    place = place_in(data, rows)
    rows[place] = replace(rows[place], **{field: getattr(rows[place], field) + "0"})
    assert named(find_break(rows, head)) == (Kind.CHANGED, place + 1)


@given(chain=chains(), data=st.data(), field=st.sampled_from(["hash", "previous_hash"]))
def test_a_changed_hash_is_named(chain, data, field) -> None:
    rows, head = chain
    place = place_in(data, rows)
    rows[place] = replace(rows[place], **{field: "f" * 64})
    assert named(find_break(rows, head)) == (Kind.CHANGED, place + 1)


@given(chain=chains(), data=st.data(), close_gap=st.booleans(), count=st.integers(1, 3))
def test_removed_rows_are_named_at_any_place(chain, data, close_gap, count) -> None:
    rows, head = chain
    place = place_in(data, rows)
    later = rows[place + count :]
    left = rows[:place] + (renumbered(later, -count) if close_gap else later)
    assert named(find_break(left, head)) == (Kind.REMOVED, place + 1)


@given(chain=chains(), data=st.data(), other=contents, honest_hash=st.booleans())
def test_a_row_pushed_in_between_is_named(chain, data, other, honest_hash) -> None:
    rows, head = chain
    place = place_in(data, rows)
    forged = make_row(place + 1, rows[place].previous_hash, other, key=99)
    if not honest_hash:
        forged = replace(forged, hash="e" * 64)
    pushed = [*rows[:place], forged, *renumbered(rows[place:], 1)]
    if honest_hash and forged.hash == rows[place].hash:
        return  # the forger repeated the row itself
    assert named(find_break(pushed, head)) == (Kind.INSERTED, place + 1)


@given(chain=chains(), data=st.data(), other=contents, honest=st.booleans(), first=st.booleans())
def test_a_row_with_a_number_in_use_is_named(chain, data, other, honest, first) -> None:
    rows, head = chain
    place = place_in(data, rows)
    forged = make_row(place + 1, rows[place].previous_hash, other, key=99)
    if not honest:
        forged = replace(forged, hash="e" * 64)
    at = place if first else place + 1
    found = find_break([*rows[:at], forged, *rows[at:]], head)
    assert named(found) == (Kind.INSERTED, place + 1)
    if not honest:
        assert found is not None
        assert found.id == 99


@given(chain=chains(), other=contents, honest=st.booleans())
def test_a_row_added_at_the_end_past_the_head_is_named(chain, other, honest) -> None:
    rows, head = chain
    forged = make_row(head.seq + 1, head.hash, other)
    forged = forged if honest else replace(forged, hash="e" * 64)
    assert named(find_break([*rows, forged], head)) == (Kind.INSERTED, head.seq + 1)


@given(chain=chains(), data=st.data(), seq=st.integers(-3, 20))
def test_a_changed_number_is_found(chain, data, seq) -> None:
    rows, head = chain
    place = place_in(data, rows)
    if seq == place + 1:
        return
    rows[place] = replace(rows[place], seq=seq)
    assert find_break(sorted(rows, key=lambda row: (row.seq, row.id)), head) is not None


@given(chain=chains())
def test_a_missing_head_is_told(chain) -> None:
    rows, _ = chain
    assert named(find_break(rows, None)) == (Kind.HEADLESS, len(rows))


@given(chain=chains(), data=st.data(), other=contents)
def test_only_a_noted_mark_shows_a_chain_written_anew(chain, data, other) -> None:
    rows, head = chain
    place = place_in(data, rows)
    if make_row(place + 1, rows[place].previous_hash, other).hash == rows[place].hash:
        return
    forged = rows[:place]
    for row in rows[place:]:
        content = other if row is rows[place] else {key: getattr(row, key) for key in other}
        forged.append(make_row(row.seq, forged[-1].hash if forged else GENESIS, content))
    forged_head = Mark(len(forged), forged[-1].hash)
    assert find_break(forged, forged_head) is None
    assert named(find_break(forged, forged_head, noted=head)) == (Kind.CHANGED, head.seq)
    cut = forged[:-1]
    cut_head = Mark(len(cut), cut[-1].hash if cut else GENESIS)
    assert named(find_break(cut, cut_head, noted=head)) == (Kind.REMOVED, head.seq)


def test_the_same_moment_in_another_zone_is_the_same_content() -> None:
    wib = timezone(timedelta(hours=7))
    here = datetime(2025, 8, 21, 9, 30, tzinfo=wib)
    assert canonical({"at": here}) == canonical({"at": here.astimezone(UTC)})


def test_a_known_hash_stays_the_same() -> None:
    # Changing the canonical form would break every chain in the field: raise FORMAT instead.
    row = make_row(
        1,
        GENESIS,
        {
            "at": datetime(2025, 8, 21, 2, 30, tzinfo=UTC),
            "actor_label": "Sari",
            "reason": "SK 12/2025 – pagi",
            "changes": {"name": [None, "é"]},
        },
    )
    assert row.hash == "57a43e0abb88e76d8ef2c33a33e8098678a94104fb02e63e0dc5dd28885ce55a"


def test_changes_become_values_that_json_keeps() -> None:
    assert plain_changes(
        {"a": (1.5, Decimal("2.50")), "b": (None, (datetime(2025, 1, 2), True))}
    ) == {
        "a": ["1.5", "2.50"],
        "b": [None, ["2025-01-02T00:00:00", True]],
    }


@pytest.mark.parametrize(
    "changes", [{"a": "ab"}, {"a": [1]}, {"a": [1, 2, 3]}, {"a": {1: 2, 3: 4}}]
)
def test_changes_that_are_no_pair_are_refused(changes) -> None:
    with pytest.raises(ValueError, match="pair of old and new"):
        plain_changes(changes)


def test_changes_with_an_object_are_refused() -> None:
    with pytest.raises(TypeError, match="plain values"):
        plain_changes({"a": [None, object()]})


@pytest.mark.parametrize("verb", ["", "given", "Offices.given", "offices.", "offices.a.b", "a.b "])
def test_a_verb_names_its_room(verb: str) -> None:
    with pytest.raises(ValueError, match="of the form room"):
        check_verb(verb)


def test_labels_are_cut_and_cleaned() -> None:
    assert shorten("a\x00b", 10) == "a\ufffdb"
    assert shorten("abcdef", 4) == "abc…"
