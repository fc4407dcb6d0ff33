from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from wagtail.models import Revision

from zona.bakohumas.agenda.models import Participation
from zona.bakohumas.agenda.tests.desk import make_event, make_kind, take_part
from zona.bakohumas.channels.models import Channel
from zona.bakohumas.checker.models import CheckerSettings
from zona.bakohumas.newsroom.actions import keys, publishing, writing
from zona.bakohumas.newsroom.models import ItemPlan
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.models import ArticlePage, Photo

pytestmark = pytest.mark.django_db
START = dt.datetime(2025, 8, 21, 2, tzinfo=dt.UTC)  # Thursday, 09.00 WIB
FIELDS = {
    "title": "KPU Magelang Ajak Siswa Taruna Kenali Pemilu",
    "lead": "KPU Kabupaten Magelang menemui 200 siswa, Kamis (21/8/2025).",
    "text": "Ketua KPU membuka acara.\n\n- satu\n- dua <b>tebal</b>",
}


@pytest.fixture
def office() -> Office:
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    office.refresh_from_db()
    return office


@pytest.fixture
def reporter(office: Office) -> Any:
    return make_person("rina@kpu.test", Role.REPORTER, office=office)


@pytest.fixture
def editor(office: Office) -> Any:
    return make_person("sri@kpu.test", Role.EDITOR, office=office)


@pytest.fixture
def stranger() -> Any:
    other = make_office("33.74", "Kota Semarang")
    open_home(other)
    return make_person("budi@kpu.test", *Role, office=other)


@pytest.fixture
def part(office: Office) -> Participation:
    kind = make_kind(skeleton="Apa dasar hukumnya?\n\n{siapa} hadir di {tempat}. {Kutipan}")
    return take_part(
        make_event(office, kind=kind, starts_at=START, ends_at=START + dt.timedelta(hours=2))
    )


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    calls: list[list[int]] = []
    monkeypatch.setattr(publishing, "tell_channels", lambda actor, page, keys: calls.append(keys))
    return calls


def picture() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(data, "JPEG")
    return SimpleUploadedFile("kamera.jpg", data.getvalue(), "image/jpeg")


def begin(actor: Any, part: Participation, **fields: Any) -> ArticlePage:
    return writing.begin(
        actor=actor, office=part.office, participations=[part], fields=FIELDS | fields
    )


def test_the_screen_begins_with_what_the_event_knows(client, reporter, part):
    CheckerSettings.objects.create(office=part.office, dateline="Kota Mungkid")
    sign_in(client, reporter)
    screen = client.get(reverse("newsroom_staff:write", args=[part.pk]))
    form = screen.context["form"]
    assert form["title"].value() == "Goes to School"
    assert form["lead"].value() == (
        "KPU Kabupaten Magelang {melakukan apa} di SMA Taruna Nusantara, Kamis (21/8/2025)."
    )
    assert form["text"].value() == (
        "{Apa dasar hukumnya?}\n\nKetua KPU dan 200 siswa hadir di SMA Taruna Nusantara. {Kutipan}"
    )
    assert form["dateline"].value() == "Kota Mungkid"
    assert form["credit"].value() == "Humas KPU Kabupaten Magelang"
    assert not ArticlePage.objects.exists(), "to look makes nothing"


def test_the_dateline_is_the_town_when_nothing_is_set(client, reporter, part):
    sign_in(client, reporter)
    form = client.get(reverse("newsroom_staff:write", args=[part.pk])).context["form"]
    assert form["dateline"].value() == "Magelang"


def test_a_reporter_goes_from_event_to_public_in_one_form(
    client, reporter, part, told, django_capture_on_commit_callbacks
):
    channel = Channel.objects.create(office=part.office, kind="telegram", name="T", by_default=True)
    sign_in(client, reporter)
    url = reverse("newsroom_staff:write", args=[part.pk])
    assert client.get(url).context["form"]["channels"].value() == [channel.pk]
    data = FIELDS | {
        "photo": picture(), "alt": "Siswa duduk di aula", "caption": "Suasana acara",
        "credit": "Humas", "channels": [channel.pk], "place": "SMA", "people": "Siswa",
        "activity_date": "2025-08-21", "risk": "low", "tindakan": "terbitkan",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    page = ArticlePage.objects.get()
    assert page.live
    assert page.slug == "kpu-magelang-ajak-siswa-taruna-kenali-pemilu"
    assert str(page.activity_date) == "2025-08-21"
    assert page.photo.description == "Siswa duduk di aula"
    assert page.photo.collection.name.startswith("33.08 ")
    html = page.body.render_as_block()
    assert "<p>Ketua KPU membuka acara.</p><ul><li>satu</li>" in html
    assert "dua &lt;b&gt;tebal" in html
    assert list(page.coverages.values_list("participation", flat=True)) == [part.pk]
    assert set(part.assignments.values_list("state", flat=True)) == {"done"}
    assert told == [[channel.pk]]
    assert Entry.objects.filter(verb="newsroom.item_published").count() == 1


def test_guiding_text_is_never_published(client, editor, part, told):
    sign_in(client, editor)
    for field in ("title", "lead", "text", "caption"):
        data = FIELDS | {field: "Kutipan dari {nama, jabatan}", "tindakan": "terbitkan"}
        answer = client.post(reverse("newsroom_staff:write", args=[part.pk]), data)
        assert answer.status_code == 422
        assert "{nama, jabatan}" in str(answer.context["form"].non_field_errors())
    page = ArticlePage.objects.get()
    assert not page.live
    with pytest.raises(ValidationError):
        publishing.publish_item(actor=editor, page=page)


def test_what_is_typed_is_kept_whatever_is_wrong_with_the_rest(client, reporter, part):
    sign_in(client, reporter)
    broken = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    data = FIELDS | {"photo": broken, "activity_date": "kemarin", "tindakan": "terbitkan"}
    answer = client.post(reverse("newsroom_staff:write", args=[part.pk]), data)
    assert answer.status_code == 422
    assert {"photo", "activity_date"} <= set(answer.context["form"].errors)
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.lead) == (FIELDS["title"], FIELDS["lead"])


def test_keeping_every_few_seconds_makes_one_draft_and_one_revision(client, reporter, part):
    sign_in(client, reporter)
    url = reverse("newsroom_staff:write", args=[part.pk])
    for text in ("a", "ab", "abc"):
        answer = client.post(url, FIELDS | {"text": text}, headers={"accept": "application/json"})
        assert answer.status_code == 200
    told = answer.json()
    page = ArticlePage.objects.get()
    assert told["url"] == reverse("newsroom_staff:write_item", args=[page.pk])
    assert Revision.objects.for_instance(page).count() == 1
    assert "abc" in page.get_latest_revision_as_object().body.render_as_block()
    assert part.assignments.get(form="text").person == reporter
    assert client.get(url).url == told["url"], "the same door leads on to the draft"


def test_a_photo_is_sent_once_and_its_words_follow(client, reporter, part):
    sign_in(client, reporter)
    url = reverse("newsroom_staff:write", args=[part.pk])
    json = {"accept": "application/json"}
    assert client.post(url, FIELDS | {"photo": picture()}, headers=json).json()["photo"]
    page = ArticlePage.objects.get()
    data = FIELDS | {"alt": "Aula", "has_children": "on", "consent": "open"}
    client.post(reverse("newsroom_staff:write_item", args=[page.pk]), data, headers=json)
    photo = Photo.objects.get()
    assert (photo.description, photo.has_children) == ("Aula", True)
    screen = client.get(reverse("newsroom_staff:write_item", args=[page.pk]))
    assert screen.context["cautions"]


def test_nobody_writes_over_another_without_knowing(client, reporter, editor, part):
    page = begin(reporter, part)
    seen = keys.version_of(page)
    newer = writing.save(actor=editor, page=page, fields={"text": "Dari Sri"}, base=seen)
    assert keys.version_of(newer) != seen
    sign_in(client, reporter)
    url = reverse("newsroom_staff:write_item", args=[page.pk])
    answer = client.post(
        url, {"text": "Dari Rina", "base": seen}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 409
    assert "Sri" in str(answer.json()["errors"])
    shown = client.post(url, FIELDS | {"text": "Dari Rina", "base": seen})
    assert shown.status_code == 409
    assert b"Dari Rina" in shown.content
    latest = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert "Dari Sri" in latest.body.render_as_block()


def test_a_rich_body_is_left_alone(client, editor, part):
    page = begin(editor, part)
    page.body = [("paragraph", "<p>Teks <b>tebal</b></p>"), ("heading", "Judul")]
    page.save_revision(user=editor)
    sign_in(client, editor)
    url = reverse("newsroom_staff:write_item", args=[page.pk])
    screen = client.get(url)
    assert "text" not in screen.context["form"].fields
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in screen.content.decode()
    client.post(url, FIELDS | {"text": "datar"})
    latest = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [block.block_type for block in latest.body] == ["paragraph", "heading"]


def test_a_public_item_changes_only_when_published_again(
    editor, part, told, django_capture_on_commit_callbacks
):
    one = Channel.objects.create(office=part.office, kind="telegram", name="T")
    two = Channel.objects.create(office=part.office, kind="mastodon", name="M")
    with django_capture_on_commit_callbacks(execute=True):
        page = publishing.publish_item(actor=editor, page=begin(editor, part), channels=[one])
    slug = page.slug
    writing.save(actor=editor, page=page, fields={"title": "Judul baru"})
    page.refresh_from_db()
    assert (page.title, page.has_unpublished_changes) == (FIELDS["title"], True)
    with django_capture_on_commit_callbacks(execute=True):
        page = publishing.publish_item(actor=editor, page=page, channels=[one, two])
    assert (page.title, page.slug) == ("Judul baru", slug)
    assert told == [[one.pk], [two.pk]], "nothing is told twice"


def test_channels_wait_for_an_item_that_comes_out_by_the_clock(
    editor, part, told, django_capture_on_commit_callbacks
):
    channel = Channel.objects.create(office=part.office, kind="telegram", name="T")
    later = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    with django_capture_on_commit_callbacks(execute=True):
        draft = begin(editor, part, go_live_at=later)
        page = publishing.publish_item(actor=editor, page=draft, channels=[channel])
    assert (page.live, told) == (False, [])
    revision = Revision.objects.for_instance(page).get()
    assert revision.approved_go_live_at == later
    with django_capture_on_commit_callbacks(execute=True):
        ArticlePage.objects.filter(pk=page.pk).update(go_live_at=None)
        content = revision.content | {"go_live_at": None}
        Revision.objects.filter(pk=revision.pk).update(content=content)
        Revision.objects.get(pk=revision.pk).publish()
    assert told == [[channel.pk]]


def test_channels_that_were_ticked_are_planned(editor, office, part):
    own = Channel.objects.create(office=office, kind="telegram", name="X")
    for typed in (own.pk, str(own.pk)):
        page = begin(editor, part, channels=[typed])
        assert ItemPlan.objects.get(page_id=page.pk).channels == [own.pk]


def test_channels_of_another_office_are_never_planned(editor, part):
    theirs = Channel.objects.create(office=make_office("33.74"), kind="telegram", name="X")
    page = begin(editor, part, channels=[theirs.pk])
    assert ItemPlan.objects.get(page_id=page.pk).channels == []
    page = publishing.publish_item(actor=editor, page=page, channels=[theirs])
    assert ItemPlan.objects.get(page_id=page.pk).channels == []


def test_risk_is_the_gravest_and_may_only_be_raised(editor, part):
    page = begin(editor, part, risk="medium")
    assert publishing.risk_of(page) == "medium"
    part.event.kind.risk = "high"
    part.event.kind.save()
    assert publishing.risk_of(page) == "high"
    with pytest.raises(PermissionDenied):
        publishing.publish_item(actor=editor, page=page, risk="low")


def test_nobody_from_elsewhere_writes_or_publishes(client, reporter, stranger, part):
    page = begin(reporter, part)
    other = make_person("ani@kpu.test", Role.REPORTER, office=part.office)
    for actor in (stranger, other):
        with pytest.raises(PermissionDenied):
            writing.save(actor=actor, page=page, fields={"text": "x"})
        with pytest.raises(PermissionDenied):
            publishing.publish_item(actor=actor, page=page)
    with pytest.raises(PermissionDenied):
        begin(stranger, part)
    sign_in(client, stranger)
    for name, key in (
        ("newsroom_staff:write", part.pk),
        ("newsroom_staff:write_item", page.pk),
        ("agenda_staff:item_events", page.pk),
    ):
        for answer in (client.get(reverse(name, args=[key])),):
            assert answer.status_code in (302, 403, 404)
            assert b"Goes to School" not in answer.content


def test_two_items_with_one_title_have_two_addresses(reporter, editor, part):
    first = begin(reporter, part)
    second = begin(editor, part, title=f" {FIELDS['title']} ")
    assert [first.slug, second.slug] == [first.slug, f"{first.slug}-2"]
    assert begin(reporter, part, title="2026").slug == "2026-kabar"


def test_a_roundup_is_one_draft_for_several_events(client, reporter, office, told):
    kind = make_kind("uji-apel", is_routine=True, duties=["text"])
    rows = [take_part(make_event(office, f"Apel {n}", kind=kind)) for n in range(3)]
    sign_in(client, reporter)
    url = reverse("newsroom_staff:roundup", args=["33.08"])
    assert client.get(url).context["rows"] == rows
    assert client.post(url, {"kegiatan": [rows[0].pk]}).status_code == 422
    answer = client.post(url, {"kegiatan": [row.pk for row in rows]})
    page = ArticlePage.objects.get()
    assert answer.url == reverse("newsroom_staff:write_item", args=[page.pk])
    assert page.coverages.count() == 3
    text = client.get(answer.url).context["form"]["text"].value()
    assert text.count("\n- ") == 3 or text.count("- ") == 3
    publishing.publish_item(
        actor=reporter, page=writing.save(actor=reporter, page=page, fields=FIELDS)
    )
    states = [state for row in rows for state in row.assignments.values_list("state", flat=True)]
    assert states == ["done"] * 3


def test_no_screen_asks_more_for_more_rows(client, reporter, office, part):
    sign_in(client, reporter)
    page = begin(reporter, part)
    screens = [
        ("agenda_staff:tasks", "33.08"), ("newsroom_staff:write_item", page.pk),
        ("agenda_staff:item_events", page.pk), ("agenda_staff:link_item", part.pk),
        ("newsroom_staff:roundup", "33.08"), ("newsroom_staff:write_new", "33.08"),
    ]  # fmt: skip

    def queries() -> list[int]:
        counts = []
        for name, key in screens:
            with CaptureQueriesContext(connection) as seen:
                answer = client.get(reverse(name, args=[key]))
            assert answer.status_code == 200
            counts.append(len(seen))
        return counts

    queries()  # the first request of a session writes it down
    before = queries()
    kind = make_kind("uji-apel", is_routine=True)
    for number in range(6):
        take_part(make_event(office, f"Kegiatan {number}", kind=kind))
        writing.begin(actor=reporter, office=office, fields={"title": f"Kabar {number}"})
    after = queries()
    assert [more - less for less, more in zip(before, after, strict=True)] == [0] * len(screens)
    assert max(after) - min(after) < 25, "the frame and its menu alone ask the least"
