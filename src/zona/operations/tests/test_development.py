"""Which tests a change concerns."""

from zona.operations.development import tests_of as folders_of


def test_a_change_concerns_its_room_and_those_above() -> None:
    found = folders_of(["src/zona/website/site/queries.py", "docs/house.md"])
    assert found[0] == "src/zona/website/site"
    assert "src/zona/bakohumas/numbers" in found
    assert not any(folder.startswith("src/zona/ground") for folder in found)


def test_what_all_stand_on_concerns_all() -> None:
    assert folders_of(["src/zona/bakohumas/agenda/models/events.py", "conftest.py"]) == []
    assert folders_of(["src/zona/testing.py"]) == []
