from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.newsroom.rules import approval as rules
from zona.bakohumas.newsroom.rules import differences
from zona.offices.models import Role

ROLES = [role.value for role in Role]
roles = st.sets(st.sampled_from(ROLES))
steps = st.sampled_from(list(rules.STEPS.values()))
may = st.sets(st.sampled_from(list(rules.LADDER)))
words = st.lists(
    st.sampled_from(["KPU", "Magelang", "pemilih", "2025", "dan", "di", ",", "."]), max_size=12
)


def test_the_ladder_names_roles_that_exist():
    rungs = [role for ladder in rules.LADDER.values() for rung in ladder for role in rung]
    assert set(rungs) <= set(ROLES)


@given(st.sampled_from(list(rules.LADDER)), roles)
def test_an_office_where_anybody_can_decide_is_never_stuck(step, present):
    deciding = rules.deciding_roles(step, present)
    anybody = {role for rung in rules.LADDER[step] for role in rung}
    assert bool(present & set(deciding)) == bool(present & anybody)
    assert set(rules.LADDER[step][0]) <= set(deciding)


@given(st.sampled_from(list(rules.LADDER)), roles)
def test_a_later_rung_decides_only_when_nobody_stands_before(step, present):
    for before, rung in zip(rules.LADDER[step], rules.LADDER[step][1:], strict=False):
        if present & set(before):
            assert not set(rung) & set(rules.deciding_roles(step, present))


def test_publish_or_ask_case_by_case():
    editor, both = {"editor"}, {"editor", "leader"}
    for is_writer, can in product([True, False], [set(), editor, both]):
        assert rules.what_next((), is_writer=is_writer, may=can) == "publish"
    assert rules.what_next(rules.STEPS["editor"], is_writer=False, may=editor) == "publish"
    assert rules.what_next(rules.STEPS["editor"], is_writer=False, may=set()) == "ask"
    assert rules.what_next(rules.STEPS["leader"], is_writer=False, may=editor) == "ask"
    assert rules.what_next(rules.STEPS["leader"], is_writer=False, may={"leader"}) == "ask"
    assert rules.what_next(rules.STEPS["leader"], is_writer=False, may=both) == "publish"


@given(steps, may)
def test_nobody_publishes_an_own_item_that_needs_another(steps, may):
    assert rules.what_next(steps, is_writer=True, may=may) == ("ask" if steps else "publish")


@given(steps, st.integers(0, 2), may)
def test_no_step_is_skipped_and_none_taken_back(steps, done, may):
    done = min(done, len(steps))
    after = rules.settle(steps, done, may)
    assert done <= after <= len(steps)
    assert set(steps[done:after]) <= may
    assert after == len(steps) or steps[after] not in may


def test_who_may_not_publish_asks_an_editor_even_without_a_rule():
    assert rules.steps_to_ask("none", may_publish=False) == ("editor",)
    assert rules.steps_to_ask("none", may_publish=True) == ()
    assert rules.steps_to_ask("leader", may_publish=False) == ("editor", "leader")


# --- what changed ---------------------------------------------------------------------------------


@given(words, words)
def test_both_versions_can_be_read_from_the_differences(before, after):
    first, second = " ".join(before), " ".join(after)
    pieces = differences.compare_words(first, second)
    assert "".join(p.text for p in pieces if p.kind != differences.ADDED) == first
    assert "".join(p.text for p in pieces if p.kind != differences.REMOVED) == second


@given(st.lists(words, max_size=5), st.lists(words, max_size=5))
def test_no_paragraph_is_lost(before, after):
    first, second = ([" ".join(row) for row in rows if row] for rows in (before, after))
    found = differences.compare_paragraphs(first, second)
    news = ["".join(p.text for p in row.pieces if p.kind != differences.REMOVED) for row in found]
    olds = ["".join(p.text for p in row.pieces if p.kind != differences.ADDED) for row in found]
    assert [text for text in news if text] == second
    assert [text for text in olds if text] == first


def test_a_changed_day_is_one_change():
    pieces = differences.compare_words(
        "Acara digelar Kamis (21/8/2025) di aula.", "Acara digelar Jumat (22/8/2025) di aula."
    )
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Acara digelar "),
        ("removed", "Kamis (21/8/2025)"),
        ("added", "Jumat (22/8/2025)"),
        ("same", " di aula."),
    ]


def test_whose_work_a_text_is() -> None:
    begun, whole = (False, "Rapat"), "Rapat pleno dibuka ketua pukul sembilan"
    assert rules.own_share([begun, (True, whole)]) == 5 / 6
    assert rules.own_share([begun, (True, whole), (False, whole)]) == 5 / 6, "sent on by another"
    assert rules.own_share([(False, whole), (True, whole.replace("sembilan", "10"))]) == 1 / 6
    assert rules.own_share([(False, whole)]) == 0
    assert rules.own_share([(True, "")]) == 0


@given(st.lists(st.tuples(st.booleans(), st.text(alphabet="ab ", max_size=20)), max_size=6))
def test_a_share_is_a_share_and_nothing_is_mine_that_i_did_not_save(
    versions: list[tuple[bool, str]],
) -> None:
    share = rules.own_share(versions)
    assert 0 <= share <= 1
    if not any(is_own for is_own, _text in versions):
        assert share == 0
    if versions and all(is_own for is_own, _text in versions) and versions[-1][1].split():
        assert share == 1


def test_an_address_is_known_to_its_owner_alone() -> None:
    assert rules.mask_address("sitirahma@kpu.go.id") == "si••••@kpu.go.id"
