"""How much is kept, what goes first, and until when it holds."""

from hypothesis import given
from hypothesis import strategies as st

from zona.serving.front.memory import Memory, Versions


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 300), st.booleans())))
def test_the_limit_holds_and_the_sums_are_right(steps: list[tuple[int, int, bool]]) -> None:
    memory = Memory(1_000)
    held: dict[int, tuple[int, int]] = {}
    for number, (key, size, is_read) in enumerate(steps):
        if is_read:
            found = memory.get(key)
            assert found is None or found == held[key]
        else:
            held[key] = (number, size)
            memory.put(key, (number, size), size)
        assert memory.used <= 1_000
        places = memory._places
        assert memory.used == sum(place.size for place in places.values())
        assert memory.used_small == sum(p.size for p in places.values() if not p.is_main)
        assert sorted([*memory._small, *memory._main]) == sorted(places)


def test_a_robot_that_reads_everything_does_not_push_out_what_people_read() -> None:
    memory = Memory(100_000)
    memory.put("home", "home", 1_000)
    for _ in range(5):
        memory.get("home")
    for number in range(10_000):
        memory.put(number, number, 1_000)
        if number % 500 == 0:
            assert memory.get("home") == "home"
    assert memory.get("home") == "home"
    assert len(memory._ghosts) < 200


def test_what_is_larger_than_a_quarter_is_not_kept() -> None:
    memory = Memory(1_000)
    memory.put("a", "a", 251)
    assert memory.get("a") is None
    memory.put("a", "small", 100)
    memory.put("a", "grown", 251)
    assert memory.get("a") is None
    assert memory.used == memory.used_small == 0


def test_versions() -> None:
    versions = Versions()
    versions.count([1])
    made = versions.last
    assert versions.is_current(made, 1)
    versions.count([2])
    assert versions.is_current(made, 1)
    assert not versions.is_current(made, 2)
    assert not versions.is_current(made, None)
    versions.count([None])
    assert not versions.is_current(made, 1)
    assert versions.is_current(versions.last, 1)
    assert not versions.is_fresh(0.0)
    versions.asked_at = 10.0
    assert versions.is_fresh(10.9)
    assert not versions.is_fresh(11.0)
