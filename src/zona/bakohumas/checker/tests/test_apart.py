"""The checker in its own process: asked once a text, bounded in time, honest without an answer."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from django.test import Client

from zona.bakohumas.checker import apart as checking_apart
from zona.bakohumas.checker.apart import (
    MOST_WAITING,
    PENDING,
    UNFINISHED,
    Answers,
    CheckerEnded,
    Process,
    findings_of,
)
from zona.bakohumas.checker.gate import ask_gate, note_passing
from zona.bakohumas.checker.models import CheckerSettings
from zona.bakohumas.checker.rules import Draft, Finding, House, Severity
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.models import ArticlePage, IndexPage

HOUSE = House(glossary={})
FOUND = [Finding("weekday_wrong", Severity.FAULT, "lead")]


class Played(Process):
    """A checker that answers when it is let go, or ends."""

    def __init__(self) -> None:
        super().__init__()
        self.go, self.asked, self.ends = threading.Event(), 0, False

    def check(self, draft: Draft, house: House) -> list[Finding]:
        self.asked += 1
        assert self.go.wait(20)
        if self.ends:
            raise CheckerEnded
        return FOUND


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    process = Played()
    monkeypatch.setattr(checking_apart, "_answers", Answers(process))
    yield process
    process.go.set()


def test_a_page_waits_a_moment_and_finds_the_answer_later(played: Played) -> None:
    assert findings_of(Draft(lead="a"), HOUSE, wait=0.01) == [PENDING]
    assert findings_of(Draft(lead="a"), HOUSE, wait=0.01) == [PENDING]
    played.go.set()
    assert findings_of(Draft(lead="a"), HOUSE, wait=20) == FOUND
    assert findings_of(Draft(lead="a"), HOUSE) == FOUND
    assert played.asked == 1
    assert findings_of(Draft(lead="b"), HOUSE, wait=20) == FOUND
    assert played.asked == 2


def test_a_text_that_ended_the_checker_is_not_tried_at_each_opening(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    played.ends = True
    played.go.set()
    for _again in range(3):
        assert findings_of(Draft(lead="a"), HOUSE, wait=20) == [UNFINISHED]
    assert played.asked == 1
    monkeypatch.setattr(checking_apart, "AGAIN_AFTER", -1.0)
    played.ends = False
    assert findings_of(Draft(lead="a"), HOUSE, wait=20) == FOUND


def test_the_queue_is_bounded(played: Played) -> None:
    for number in range(MOST_WAITING + 5):
        assert findings_of(Draft(lead=str(number)), HOUSE, wait=0) == [PENDING]
    assert checking_apart._answers._waiting() == MOST_WAITING


def test_the_real_process_answers_and_is_begun_anew() -> None:
    process = Process()
    draft = Draft(lead="KPU rapat di aula, Rabu (21/8/2025).")
    try:
        assert "weekday_wrong" in {row.code for row in process.check(draft, House())}
        assert process.running is not None
        process.running.kill()
        process.running.wait()
        assert "weekday_wrong" in {row.code for row in process.check(draft, House())}
        with pytest.raises(CheckerEnded):
            process.check(Draft(lead=1), House())  # type: ignore[arg-type]
        assert process.check(draft, House())
    finally:
        process.end()


def test_too_long_a_computation_ends_the_process_within_a_pattern() -> None:
    code = (
        "import re; from zona.bakohumas.checker.rules.__main__ import limit; limit(0.3, 60);"
        "re.search('(a*)*b', 'a' * 60)"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert ended.returncode == -signal.SIGPROF


# --- what it means for an item -------------------------------------------------------------------


@pytest.fixture
def office() -> Office:
    office = make_office()
    open_home(office)
    return office


@pytest.fixture
def page(office: Office) -> ArticlePage:
    page = ArticlePage(title="Rapat", lead="KPU rapat.", live=False)
    IndexPage.objects.get(office=office).add_child(instance=page)
    page.save_revision()
    return page


def block(office: Office, *rules: str) -> None:
    CheckerSettings.objects.update_or_create(
        office=office, defaults={"blocking_rules": list(rules)}
    )


@pytest.mark.django_db
def test_what_could_not_be_checked_holds_back_where_rules_do(
    office: Office, page: ArticlePage, played: Played
) -> None:
    played.ends = True
    played.go.set()
    block(office)
    assert ask_gate(page).blocked == []
    block(office, "privacy_nik")
    (said,) = ask_gate(page).blocked
    assert "Tidak dapat diperiksa" in said
    reason = {"check_unfinished": "Naskah dibaca dua orang."}
    answer = ask_gate(page, reason)
    assert answer.blocked == []
    assert not Entry.objects.filter(verb="checker.check_overridden").exists(), (
        "asking notes nothing"
    )
    note_passing(None, page, answer)
    assert Entry.objects.get(verb="checker.check_overridden").reason == "Naskah dibaca dua orang."


@pytest.mark.django_db
def test_a_stretch_that_was_not_read_hides_nothing_from_the_gate(
    office: Office, page: ArticlePage
) -> None:
    block(office, "privacy_nik")
    assert ask_gate(page).blocked == []
    page.lead = "KPU rapat. " + "x" * 200 + ",3374011508900001," + "x" * 200
    (said,) = ask_gate(page).blocked
    assert "Bagian yang tidak diperiksa" in said


@pytest.mark.django_db
def test_the_editor_opens_while_the_text_is_being_checked(
    client: Client,
    office: Office,
    page: ArticlePage,
    played: Played,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checking_apart, "WAIT", 0.01)
    sign_in(client, make_person("a@kpu.test", Role.EDITOR, office=office))
    shown = client.get(f"/kantor/pages/{page.pk}/edit/")
    assert shown.status_code == 200
    assert "Masih diperiksa" in shown.content.decode() or "masih membaca" in shown.content.decode()
