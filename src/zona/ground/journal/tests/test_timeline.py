"""What happened to a thing, in words."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils.html import strip_tags
from django.utils.translation import override

from zona.ground.journal import verbs
from zona.ground.journal.actions import record
from zona.ground.journal.naming import Target
from zona.ground.journal.templatetags.journal import read_value

pytestmark = pytest.mark.django_db

ROLE = Target("offices.role", "5", "Editor")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(verbs, "_registered", {})
    with override("en"):
        yield


def render(target: object = ROLE) -> str:
    template = Template("{% load journal %}{% timeline target %}")
    return template.render(Context({"target": target}))


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


def test_an_event_reads_as_a_sentence_with_what_changed() -> None:
    verbs.register_verb("offices.role_given", "gave the role of {target}", {"ends": "End date"})
    record(
        actor="Sari",
        verb="offices.role_given",
        target=ROLE,
        reason="SK 12/2025",
        changes={"ends": [None, "2026-12-31"]},
        at=datetime(2025, 8, 21, 2, 30, tzinfo=UTC),
    )
    html = render()
    text = words(html)
    assert "Sari gave the role of Editor" in text
    assert "End date from – → to 31 December 2026" in text
    assert "Reason: SK 12/2025" in text
    assert "Thursday, 21 August 2025, 09.30 WIB" in text
    assert 'datetime="2025-08-21T09:30:00+07:00"' in html


def test_what_people_wrote_is_escaped() -> None:
    record(
        actor="<b>Sari</b>",
        verb="offices.role_given",
        target=ROLE,
        reason="<script>",
        changes={"<i>": ["<u>", "<s>"]},
    )
    html = render()
    for tag in ("<b>", "<script>", "<i>", "<u>", "<s>"):
        assert tag not in html


def test_an_unknown_verb_and_the_system_are_still_readable() -> None:
    record(actor=None, verb="gone.room_closed", target=ROLE)
    assert "The system room closed" in words(render())


def test_nothing_recorded_is_said() -> None:
    assert words(render()) == "Nothing has been recorded yet."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (["a", 2], "a, 2"),
        ({"open": "08.00"}, "open: 08.00"),
        ("2026-02-31", "2026-02-31"),
        ("2026-02-03T01:00:00+00:00", "3 February 2026, 08.00"),
        ("33.08", "33.08"),
    ],
)
def test_values_in_words(value: object, text: str) -> None:
    assert read_value(value) == text
