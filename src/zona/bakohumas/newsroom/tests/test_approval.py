"""Approval as it is lived: asked, given, handed back, by deputies and when nobody is there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from zona.bakohumas.channels.models import Channel
from zona.bakohumas.newsroom.actions import approval, house_rules, publishing, writing
from zona.bakohumas.newsroom.models import Deputy, ItemPlan, NewsroomSettings, Review, Verdict
from zona.bakohumas.newsroom.policies.approval import Board, next_step
from zona.bakohumas.newsroom.queries.approval import changes_in
from zona.bakohumas.newsroom.tests.test_checker_desk import form_of
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role
from zona.offices.policies import today
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.models import ArticlePage, BasePage

pytestmark = pytest.mark.django_db
FIELDS = {
    "title": "KPU Magelang Tetapkan Daftar Pemilih",
    "lead": "KPU Kabupaten Magelang menetapkan daftar pemilih, Kamis (21/8/2025).",
    "text": "Ketua KPU membuka rapat.\n\nRapat selesai pukul 12.00.",
    "dateline": "Magelang",
}


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    calls: list[list[int]] = []
    monkeypatch.setattr(publishing, "tell_channels", lambda actor, page, keys: calls.append(keys))
    return calls


@pytest.fixture
def office() -> Office:
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    NewsroomSettings.objects.create(
        office=office, approval_low="none", approval_medium="editor", approval_high="leader"
    )
    return office


@pytest.fixture
def reporter(office: Office) -> Any:
    return make_person("rina@kpu.test", Role.REPORTER, office=office)


@pytest.fixture
def editor(office: Office) -> Any:
    return make_person("sri@kpu.test", Role.EDITOR, office=office)


@pytest.fixture
def leader(office: Office) -> Any:
    return make_person("agus@kpu.test", Role.CHAIR, office=office)


@pytest.fixture
def stranger() -> Any:
    other = make_office("33.74", "Kota Semarang")
    open_home(other)
    return make_person("budi@kpu.test", *Role, office=other)


def draft(writer: Any, office: Office, risk: str = "medium", **fields: Any) -> ArticlePage:
    return writing.begin(actor=writer, office=office, fields=FIELDS | {"risk": risk} | fields)


def asked(writer: Any, office: Office, risk: str = "medium", **fields: Any) -> Review:
    return approval.ask(actor=writer, page=draft(writer, office, risk, **fields))


def say(actor: Any, review: Review, decision: str = "approve", comment: str = "") -> Review:
    review.refresh_from_db()
    seen = approval.stamp_of(review.revision)
    return approval.decide(
        actor=actor, review=review, decision=decision, comment=comment, seen=seen
    )


def is_live(review: Review) -> bool:
    return BasePage.objects.get(pk=review.page_id).live


# --- the rule -------------------------------------------------------------------------------------


def test_the_rule_of_the_office_decides_who_must_ask(office, reporter, editor, leader):
    page = draft(reporter, office)
    assert next_step(reporter, page, "low") == "publish"
    assert next_step(reporter, page, "medium") == "ask"
    assert next_step(editor, page, "medium") == "publish", "to publish another's item is to agree"
    assert next_step(editor, page, "high") == next_step(leader, page, "high") == "ask"
    own = draft(editor, office, title="Punya Sri")
    assert next_step(editor, own, "medium") == "ask"
    with pytest.raises(PermissionDenied):
        publishing.publish_item(actor=editor, page=own)


def test_an_office_without_a_row_asks_for_high_risk_only(stranger):
    page = draft(stranger, Office.objects.get(code="33.74"))
    assert [next_step(stranger, page, risk) for risk in ("low", "medium", "high")] == [
        "publish", "publish", "ask",
    ]  # fmt: skip


def test_a_change_of_a_public_item_is_its_changers_work(office, reporter, editor):
    page = draft(reporter, office)
    publishing.publish_item(actor=editor, page=page)
    page = ArticlePage.objects.get(pk=page.pk)
    writing.save(actor=editor, page=page, fields={"title": "Judul lain sama sekali"})
    assert next_step(editor, ArticlePage.objects.get(pk=page.pk), "medium") == "ask"


# --- asking and deciding --------------------------------------------------------------------------


def test_one_editor_agrees_and_what_was_read_comes_out(office, reporter, editor, told):
    channel = Channel.objects.create(office=office, kind="telegram", name="T")
    page = draft(reporter, office)
    review = approval.ask(actor=reporter, page=page, note="Mohon cepat", channels=[channel])
    assert review.steps == ["editor"]
    assert not is_live(review)
    done = say(editor, review)
    assert done.state == Review.State.APPROVED
    assert is_live(review)
    live = BasePage.objects.get(pk=page.pk)
    assert live.live_revision_id == review.revision_id
    assert ItemPlan.objects.get(page_id=page.pk).channels == [channel.pk]
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert {"newsroom.approval_asked", "newsroom.approval_approve"} <= set(verbs)
    assert "newsroom.item_published" in verbs


def test_editor_then_leader(office, reporter, editor, leader):
    review = asked(reporter, office, "high")
    with pytest.raises(PermissionDenied):
        say(leader, review)
    assert say(editor, review).state == Review.State.WAITING
    assert not is_live(review)
    with pytest.raises(PermissionDenied):
        say(editor, review)
    assert say(leader, review).state == Review.State.APPROVED
    assert is_live(review)


def test_who_holds_both_roles_needs_one_word(office, reporter):
    both = make_person("dwi@kpu.test", Role.EDITOR, Role.CHAIR, office=office)
    assert say(both, asked(reporter, office, "high")).state == Review.State.APPROVED


def test_an_editor_who_sends_anothers_work_on_has_agreed(office, reporter, editor, leader):
    review = approval.ask(actor=editor, page=draft(reporter, office, "high"))
    assert [(row.step, row.by) for row in review.verdicts.all()] == [("editor", editor)]
    assert say(leader, review).state == Review.State.APPROVED


def test_nobody_decides_on_own_work_nor_from_elsewhere(office, reporter, editor, stranger):
    review = asked(editor, office)
    for person in (editor, reporter, stranger):
        with pytest.raises(PermissionDenied):
            say(person, review)
    assert not Verdict.objects.exists()
    assert not is_live(review)


def test_a_second_decision_is_refused(office, reporter, editor):
    review = asked(reporter, office)
    other = make_person("tuti@kpu.test", Role.COORDINATOR, office=office)
    seen = approval.stamp_of(review.revision)
    say(editor, review)
    for decision in ("approve", "return"):
        with pytest.raises(ValidationError):
            approval.decide(actor=other, review=review, decision=decision, comment="x", seen=seen)
    assert Verdict.objects.count() == 1


def test_asking_twice_and_asking_for_what_is_unfinished(office, reporter):
    page = draft(reporter, office)
    approval.ask(actor=reporter, page=page)
    with pytest.raises(ValidationError):
        approval.ask(actor=reporter, page=page)
    with pytest.raises(ValidationError, match=r"braces|kurawal"):
        asked(reporter, office, title="Lain", lead="{siapa} datang")
    assert Review.objects.count() == 1


# --- handed back, remarks, taken back -------------------------------------------------------------


def test_handed_back_with_words_and_what_changed_is_shown(office, reporter, editor):
    review = asked(reporter, office)
    with pytest.raises(ValidationError):
        say(editor, review, "return")
    say(editor, review, "comment", "Bagus.")
    say(editor, review, "return", "Harinya salah.")
    review.refresh_from_db()
    assert review.state == Review.State.RETURNED
    assert not is_live(review)
    page = ArticlePage.objects.get(pk=review.page_id)
    writing.save(
        actor=reporter, page=page,
        fields={"lead": FIELDS["lead"].replace("Kamis", "Jumat"), "dateline": "Kota Mungkid"},
    )  # fmt: skip
    again = approval.ask(actor=reporter, page=page)
    changes = changes_in(again)
    assert changes is not None
    assert changes.since == "returned"
    assert [(p.kind, p.text) for p in changes.lead if p.kind != "same"] == [
        ("removed", "Kamis"), ("added", "Jumat"),
    ]  # fmt: skip
    assert not any(row.has_changed for row in changes.body)
    assert len(changes.others) == 1
    assert say(editor, again).state == Review.State.APPROVED


def test_a_change_by_the_writer_takes_the_question_back(office, reporter, editor):
    review = asked(reporter, office)
    seen = approval.stamp_of(review.revision)
    page = ArticlePage.objects.get(pk=review.page_id)
    writing.save(actor=reporter, page=page, fields={"title": "Judul yang tidak dibaca siapa pun"})
    review.refresh_from_db()
    assert review.state == Review.State.WITHDRAWN
    with pytest.raises(ValidationError):
        approval.decide(actor=editor, review=review, decision="approve", seen=seen)
    assert not is_live(review)


def test_what_the_editor_mends_is_taken_over(office, reporter, editor):
    review = asked(reporter, office)
    seen = approval.stamp_of(review.revision)
    page = ArticlePage.objects.get(pk=review.page_id)
    for title in ("Judul Diperbaiki Sri", "Judul Diperbaiki Sri Lagi"):  # autosave, twice
        page = writing.save(actor=editor, page=page, fields={"title": title})
    other = make_person("tuti@kpu.test", Role.COORDINATOR, office=office)
    with pytest.raises(approval.Changed):
        approval.decide(actor=other, review=review, decision="approve", seen=seen)
    say(editor, review)
    assert BasePage.objects.get(pk=page.pk).title == "Judul Diperbaiki Sri Lagi"


def test_published_by_another_way_closes_the_question(office, reporter, editor):
    review = asked(reporter, office)
    NewsroomSettings.objects.update(approval_medium="none")
    publishing.publish_item(actor=reporter, page=ArticlePage.objects.get(pk=review.page_id))
    review.refresh_from_db()
    assert is_live(review)
    assert review.state == Review.State.WITHDRAWN


def test_a_time_to_come_out_is_kept(office, reporter, editor):
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=2)
    review = asked(reporter, office, go_live_at=moment)
    assert say(editor, review).state == Review.State.APPROVED
    assert not is_live(review)
    review.revision.refresh_from_db()
    assert review.revision.approved_go_live_at == moment


# --- nobody is blocked ----------------------------------------------------------------------------


def test_a_deputy_decides_in_the_days_named_and_it_is_noted(office, reporter, editor, leader):
    day = today()
    make_person("pg@kpu.test", Role.SERVICE_DESK, office=office)
    admin = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
    deputy = make_person("wati@kpu.test", Role.SERVICE_DESK, office=office)
    days = {"starts_on": day, "ends_on": day}
    row = house_rules.name_deputy(actor=admin, office=office, person=editor, deputy=deputy, **days)
    review = asked(reporter, office)
    assert (deputy, "Sri") in [
        (who, how.for_whom) for who, how in Board.of(office).deciders("editor", reporter.pk)
    ]
    for shift in (dt.timedelta(days=-1), dt.timedelta(days=1)):
        Deputy.objects.filter(pk=row.pk).update(starts_on=day + shift, ends_on=day + shift)
        with pytest.raises(PermissionDenied):
            say(deputy, review)
    Deputy.objects.filter(pk=row.pk).update(**days)
    say(deputy, review)
    assert Verdict.objects.get().for_whom == "Sri"
    assert is_live(review)
    own = asked(editor, office, title="Tulisan Sri sendiri")
    with pytest.raises(PermissionDenied):
        say(deputy, own)  # who stands in for the writer has no more right than the writer


def test_only_oneself_or_the_administrator_names_a_deputy(office, reporter, editor, stranger):
    days = {"starts_on": today(), "ends_on": today()}
    for actor in (reporter, stranger):
        with pytest.raises(PermissionDenied):
            house_rules.name_deputy(
                actor=actor, office=office, person=editor, deputy=reporter, **days
            )
    with pytest.raises(PermissionDenied):
        house_rules.name_deputy(actor=editor, office=office, person=editor, deputy=stranger, **days)
    with pytest.raises(ValidationError):
        house_rules.name_deputy(actor=editor, office=office, person=editor, deputy=editor, **days)
    row = house_rules.name_deputy(
        actor=editor, office=office, person=editor, deputy=reporter, **days
    )
    with pytest.raises(PermissionDenied):
        house_rules.dismiss_deputy(actor=reporter, row=row)
    house_rules.dismiss_deputy(actor=editor, row=row)


def test_without_an_editor_the_next_one_decides(office, reporter, leader):
    admin = make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)
    review = asked(reporter, office)
    with pytest.raises(PermissionDenied):
        say(admin, review)
    assert say(leader, review).state == Review.State.APPROVED
    leader.roles.update(ends_on=today() - dt.timedelta(days=1))
    assert say(admin, asked(reporter, office, title="Kedua")).state == Review.State.APPROVED


# --- Wagtail's own editor -------------------------------------------------------------------------


def test_the_editor_of_wagtail_does_not_go_round_it(client, office, reporter, editor):
    page = draft(editor, office)
    sign_in(client, editor)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = client.get(edit).content.decode()
    assert 'name="action-publish"' not in shown
    assert 'name="action-ask"' in shown
    posted = client.post(edit, form_of(page), follow=True)
    assert reverse("newsroom_staff:ask", args=[page.pk]) in posted.content.decode()
    led = client.post(edit, form_of(page, **{"action-publish": "", "action-ask": "1"}))
    assert led.url == reverse("newsroom_staff:ask", args=[page.pk])
    url = reverse("wagtail_bulk_action", args=["site", "basepage", "publish"])
    answer = client.post(f"{url}?id={page.pk}", {})
    assert answer.status_code == 302
    assert not BasePage.objects.get(pk=page.pk).live
    other = make_person("tuti@kpu.test", Role.COORDINATOR, office=office)
    sign_in(client, other)
    assert 'name="action-publish"' in client.get(edit).content.decode()
    client.post(edit, form_of(page))
    assert BasePage.objects.get(pk=page.pk).live, "to publish another's item is to agree"


# --- screens --------------------------------------------------------------------------------------


def test_from_the_writing_screen_to_public_in_one_tap_each(
    client, office, reporter, editor, django_assert_max_num_queries
):
    page = draft(reporter, office)
    sign_in(client, reporter)
    data = FIELDS | {"risk": "medium", "tindakan": "terbitkan"}
    led = client.post(reverse("newsroom_staff:write_item", args=[page.pk]), data)
    assert led.url == reverse("newsroom_staff:ask", args=[page.pk])
    assert "Sri" in client.get(led.url).content.decode()
    seen = client.post(led.url, {"note": "Mohon dibaca"}, follow=True)
    review = Review.objects.get()
    assert seen.redirect_chain[-1][0] == reverse("newsroom_staff:review", args=[review.pk])
    assert 'value="setujui"' not in seen.content.decode(), "nobody approves their own"
    sign_in(client, editor)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    url = reverse("newsroom_staff:review", args=[review.pk])
    assert url in home
    with django_assert_max_num_queries(33):
        screen = client.get(url)
    stamp = screen.context["form"]["seen"].value()
    client.post(url, {"tindakan": "setujui", "seen": stamp})
    assert is_live(review)
    assert client.get(url).status_code == 200, "what is decided can still be read"


def test_handed_back_stands_on_the_dashboard_of_who_asked(client, office, reporter, editor):
    review = asked(reporter, office)
    sign_in(client, editor)
    url = reverse("newsroom_staff:review", args=[review.pk])
    empty = client.post(url, {"tindakan": "kembalikan", "seen": "x"})
    assert empty.status_code == 422
    stamp = approval.stamp_of(review.revision)
    client.post(url, {"tindakan": "kembalikan", "comment": "Harinya salah.", "seen": stamp})
    sign_in(client, reporter)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Harinya salah." in home
    assert url in home


def test_the_list_asks_as_often_for_many_as_for_few(
    client, office, reporter, editor, django_assert_max_num_queries
):
    for number in range(4):
        asked(reporter, office, title=f"Berita ke-{number}")
    sign_in(client, editor)
    url = reverse("newsroom_staff:approvals", args=[office.code])
    client.get(url)
    with django_assert_max_num_queries(30):
        screen = client.get(url)
    assert len(screen.context["mine"]) == 4
