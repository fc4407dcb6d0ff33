import datetime as dt
import io

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from zona.bakohumas.agenda.models import Coverage, Host, NoCoverage
from zona.bakohumas.agenda.tests.desk import make_event, make_kind, take_part
from zona.bakohumas.channels.models import Channel, Post
from zona.bakohumas.checker.models import CheckerCatch
from zona.bakohumas.numbers import charts
from zona.bakohumas.numbers.measuring import list_measures
from zona.bakohumas.numbers.queries.coverage import covered, measure
from zona.bakohumas.numbers.rules.coverage import Share
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.models import (
    ArticlePage,
    BasePage,
    Correction,
    IndexPage,
    Photo,
    PhotoStoryPage,
    StoryPhoto,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return open_home(make_office())


@pytest.fixture
def office(home):
    return home.office


@pytest.fixture
def index(home):
    return IndexPage.objects.child_of(home).get()


def ended(office, days_ago, title="Rakor", **fields):
    """An event that ended so many days ago, in the office's calendar."""
    end = timezone.now() - dt.timedelta(days=days_ago)
    exception = fields.pop("exception", "")
    event = make_event(office, title, starts_at=end - dt.timedelta(hours=2), ends_at=end, **fields)
    return take_part(event, exception=exception)


def tell(index, row, hours, model=ArticlePage, **fields):
    """An item about an event, so many hours after its end."""
    page = index.add_child(instance=model(title=f"Berita {row.pk}", lead="Isi", **fields))
    at = row.event.ends_at + dt.timedelta(hours=hours)
    BasePage.objects.filter(pk=page.pk).update(first_published_at=at)
    Coverage.objects.create(participation=row, page=page)
    return page


def by_code(found):
    return {row.code: row for row in list_measures(found)}


def test_told_in_time_and_how_soon(office, index):
    for hours in (1, 30, 50, None, None):
        row = ended(office, 10)
        if hours is not None:
            tell(index, row, hours)
    found = by_code(measure(office, timezone.now()))
    assert found["cakupan"].value == 0.6
    assert found["tepat_waktu"].value == 0.2
    assert [found[f"dalam_{n}_jam"].value for n in (24, 48, 72)] == [0.2, 0.4, 0.6]
    assert found["jeda_median"].value == 50
    assert found["jeda_p90"].value is None
    assert covered(office, timezone.now()) == Share(3, 5)


def test_what_is_no_part_of_the_count(office, index):
    other = make_office("33.74")
    ended(office, 3, kind=make_kind("dalam", publishes=False))
    ended(office, 3, exception=NoCoverage.CLOSED)
    ended(office, 3, cancelled_at=timezone.now())
    ended(office, -2)  # not over yet
    ended(other, 3)
    ended(office, 200)  # longer ago than is looked at
    found = measure(office, timezone.now())
    assert not found.events
    assert found.excepted == {"closed": 1, "cancelled": 1}
    assert [row.shown for row in list_measures(found) if row.shown] == ["0"]  # catches alone


def test_drafts_imports_and_items_of_others_tell_nothing(office, index):
    rows = [ended(office, 3) for _ in range(3)]
    draft, imported, foreign = (tell(index, row, 1) for row in rows)
    BasePage.objects.filter(pk=draft.pk).update(live=False)
    BasePage.objects.filter(pk=imported.pk).update(source_id="lama-1")
    BasePage.objects.filter(pk=foreign.pk).update(office=make_office("33.74"))
    assert not any(row.told.is_told for row in measure(office, timezone.now()).events)


def test_an_event_from_above_is_each_offices_own(office, index):
    event = make_event(make_office("33"), "Rakor provinsi", host=Host.OWN)
    take_part(event)
    row = take_part(event, office)
    tell(index, row, 1)
    assert measure(office, timezone.now()).events[0].told.is_told
    assert not measure(make_office("33"), timezone.now()).events[0].told.is_told


def test_one_roundup_tells_of_seven(office, index):
    kind = make_kind("apel", name="Apel", is_routine=True, deadline_hours=168)
    rows = [ended(office, 9 - n, kind=kind) for n in range(9)]
    page = tell(index, rows[0], 60)
    for row in rows[1:]:
        Coverage.objects.create(participation=row, page=page)
    assert by_code(measure(office, timezone.now()))["cakupan"].number == 7


def test_channels_and_who_was_first(office, index):
    whatsapp = Channel.objects.create(office=office, kind="whatsapp", name="Grup")
    telegram = Channel.objects.create(office=office, kind="telegram", name="Kanal")
    pages = [tell(index, ended(office, 5), 1) for _ in range(6)]

    def post(page, channel, hours, state=Post.State.SENT, **fields):
        page.refresh_from_db()
        at = page.first_published_at + dt.timedelta(hours=hours)
        Post.objects.create(
            office=office, page=page, channel=channel, key=f"{page.pk}-{channel.pk}", text="x",
            due_at=at, state=state, sent_at=at if state == Post.State.SENT else None, **fields,
        )  # fmt: skip

    post(pages[0], telegram, 1)
    post(pages[1], telegram, 30)
    post(pages[2], telegram, -1)
    post(pages[3], whatsapp, 2)  # ticked as sent
    post(pages[4], whatsapp, 2, state=Post.State.TO_SHARE)  # prepared, nobody has shared it
    post(pages[5], telegram, 1, state=Post.State.FAILED)
    found = measure(office, timezone.now())
    measures = by_code(found)
    assert (measures["sebaran"].number, measures["sebaran"].total) == (3, 6)
    assert (measures["etalase_dulu"].number, measures["etalase_dulu"].total) == (3, 4)
    assert measures["etalase_dulu"].shown == ""  # four items are too few
    assert [row.share for row in found.channels] == [Share(3, 4), Share(1, 1)]


def photo(name, **fields):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    return Photo.objects.create(title=name, file=ImageFile(picture, f"{name}.png"), **fields)


def test_packages_and_corrections(office, index):
    whole = photo("utuh", description="Ketua berbicara", credit="Humas")
    bare = photo("polos")
    done = tell(index, ended(office, 5), 1, photo=whole, caption="Ketua")
    tell(index, ended(office, 5), 1, photo=bare, caption="Ketua")
    tell(index, ended(office, 5), 1)
    story = tell(index, ended(office, 5), 1, PhotoStoryPage)
    StoryPhoto.objects.create(page=story, photo=whole, caption="Satu")
    StoryPhoto.objects.create(page=story, photo=bare, caption="Dua")
    text = index.add_child(instance=ArticlePage(title="Tanpa teras"))
    BasePage.objects.filter(pk=text.pk).update(first_published_at=timezone.now())
    Correction.objects.create(page=done, date=timezone.localdate(), text="Salah tanggal")
    found = measure(office, timezone.now())
    lacks = {item.key: item.lacks for item in found.items}
    assert lacks[done.pk] == set()
    assert lacks[story.pk] == {"alt", "credit"}
    assert lacks[text.pk] == {"text", "photo", "alt", "caption", "credit"}
    measures = by_code(found)
    assert measures["paket"].value == 0.2
    assert measures["koreksi"].value == 20


def test_weekday_errors_that_the_checker_caught_are_counted(office):
    day = timezone.localdate()
    CheckerCatch.objects.create(office=office, rule="weekday_wrong", day=day, count=3)
    CheckerCatch.objects.create(office=office, rule="title_long", day=day, count=9)
    assert by_code(measure(office, timezone.now()))["hari_tanggal"].number == 3


def test_the_measures_cost_the_same_for_many_events(office, index, django_assert_max_num_queries):
    for number in range(40):
        row = ended(office, number + 1)
        if number % 2:
            tell(index, row, number)
    with django_assert_max_num_queries(14):
        assert len(list_measures(measure(office, timezone.now()))) > 10


def test_the_screen_and_its_data(office, index, client):
    sign_in(client, make_person("editor@kpu.test", Role.EDITOR, office=office))
    url = reverse("numbers:coverage", args=[office.code])
    assert "numbers-chart" not in client.get(url).content.decode()
    for number in range(6):
        row = ended(office, 5, f"=Rakor {number}")
        if number:
            tell(index, row, 10 * number)
    text = client.get(url).content.decode()
    assert 'aria-labelledby="jeda-t jeda-d"' in text
    assert '<svg class="numbers-chart"' in text
    assert "style=" not in text.partition("numbers-lead")[2].partition("numbers-measures")[0]
    sheet = client.get(reverse("numbers:coverage_csv", args=[office.code])).content.decode()
    assert ";'=Rakor 0;" in sheet
    data = client.get(reverse("numbers:coverage_json", args=[office.code]) + "?hari=30").json()
    assert data["hari"] == 30
    assert data["ukuran"]["cakupan"] == {"nilai": 0.8333, "jumlah": 5, "dari": 6}
    assert data["ukuran"]["jeda_p90"]["nilai"] is None
    assert data["jeda"][-1] == {"jam": 168, "bagian": 0.8333}


def test_a_chart_escapes_its_words():
    chart = charts.bar_chart(
        "k", title="<b>", text="&", bars=[charts.Bar("<script>", 1, 2)], headings=("a", "b", "c")
    )
    assert "<script>" not in chart.svg
    assert "<b>" not in chart.svg
    assert chart.rows == [("<script>", "1", "2")]
