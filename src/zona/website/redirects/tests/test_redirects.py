"""Old addresses as visitors and editors meet them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from zona.ground.files import actions as files
from zona.ground.files.models import SentFile, State
from zona.ground.journal.models import Entry
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.redirects import actions, middleware, notes, rules
from zona.website.redirects.exchange import sheets
from zona.website.redirects.models import MissingPage, Redirect
from zona.website.site.models import ArticlePage, DirectoryPage, IndexPage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch):
    """No count of an earlier test."""
    fresh = notes.Notes()
    monkeypatch.setattr(notes, "notes", fresh)
    monkeypatch.setattr(middleware, "notes", fresh)


@pytest.fixture
def office():
    return make_office("33.08")


@pytest.fixture
def index(office):
    return IndexPage.objects.child_of(open_home(office)).get()


@pytest.fixture
def page(index):
    page = ArticlePage(title="Rapat pleno terbuka", slug="rapat-pleno-terbuka")
    index.add_child(instance=page)
    return page


@pytest.fixture
def editor(office):
    return make_person("siti@kpu.test", Role.EDITOR, office=office)


def home_of(page):
    return page.get_url().removesuffix(f"kabar/{page.slug}/")


def add(editor, target, old, **fields):
    return actions.save_redirect(
        actor=editor, office=target.office, old=old, **({"page": target} | fields)
    )


def test_an_old_address_leads_on_below_the_home_and_counts(client, editor, page):
    row = add(editor, page, "https://kab-lama.kpu.go.id/2019/05/Rapat-Pleno/")
    answer = client.get(f"{home_of(page)}2019/05/rapat-pleno/?utm_source=wa")
    assert (answer.status_code, answer.url) == (301, page.get_url())
    assert "max-age" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.get(f"/en{home_of(page)}2019/05/rapat-pleno").url == f"/en{page.get_url()}"
    notes.notes.write()
    row.refresh_from_db()
    assert row.hits == 2
    assert Entry.objects.filter(verb="redirects.redirect_added", actor_id=str(editor.pk)).exists()


def test_on_its_own_host_and_at_the_front_the_old_path_stands_alone(client, editor, page, office):
    add(editor, page, "/2019/05/rapat")
    assert client.get("/2019/05/rapat/").status_code == 404
    DirectoryPage.objects.filter(depth=2).update(front_office=office)
    assert client.get("/2019/05/rapat/").status_code == 301
    DirectoryPage.objects.filter(depth=2).update(front_office=None)
    office.host = "testserver"
    office.save()
    from zona.backstage.rights.provision import provision

    provision(office)
    answer = client.get("/2019/05/rapat/")
    assert answer.url.endswith("/kabar/rapat-pleno-terbuka/")


def test_pages_by_number_lead_on_although_the_home_answers(client, editor, page):
    add(editor, page, "/?p=12", permanent=False)
    home = home_of(page)
    assert client.get(f"{home}?p=12").status_code == 302
    assert client.get(f"{home}?p=12&fbclid=x").url == page.get_url()
    assert client.get(f"{home}?p=13").status_code == 200
    assert client.get(f"{home}?halaman=12").status_code == 200
    assert client.post(f"{home}?p=12").status_code != 302


def test_offices_never_answer_for_each_other(client, editor, page):
    other = open_home(make_office("33.74"))
    add(editor, page, "/lama")
    assert client.get(f"{other.get_url()}lama/").status_code == 404
    stranger = make_person("budi@kpu.test", Role.EDITOR, office=other.office)
    with pytest.raises(PermissionDenied):
        add(stranger, page, "/lain")
    with pytest.raises(ValidationError):
        actions.save_redirect(actor=stranger, office=other.office, old="/lain", page=page)


def test_no_redirect_to_what_is_not_public(client, editor, page):
    add(editor, page, "/lama")
    page.unpublish()
    assert client.get(f"{home_of(page)}lama/").status_code == 404


def test_circles_chains_and_used_addresses_are_refused(editor, page):
    home = home_of(page)
    wrong = [
        ("/kabar/rapat-pleno-terbuka", page, ""),
        ("/a", None, "/a/"),
        ("/a", None, f"{home}a/"),
        ("/a", None, "javascript:alert(1)"),
        ("/a", None, "//jahat.test/"),
        ("/a", None, "http://["),
        ("/a", None, ""),
        ("/a", page, "/b"),
        ("/", page, ""),
    ]
    for old, target, url in wrong:
        with pytest.raises(ValidationError):
            add(editor, page, old, page=target, url=url)
    add(editor, page, "/b")
    for old, target in [("/a", f"{home}b/"), ("/B/", "/x")]:
        with pytest.raises(ValidationError):
            add(editor, page, old, page=None, url=target)
    add(editor, page, "/c", page=None, url=f"{home}d/")
    with pytest.raises(ValidationError):
        add(editor, page, "/d")


def test_a_renamed_page_keeps_its_old_address(client, page, django_capture_on_commit_callbacks):
    before = page.get_url()
    page.slug = "nama-baru"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    page.refresh_from_db()
    assert client.get(before).url == page.get_url()
    page.slug = "rapat-pleno-terbuka"  # and back: the first address answers itself again
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert client.get(before).status_code == 200
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/kabar/nama-baru"]


def test_what_lies_below_a_renamed_page_follows_it(
    client, page, index, django_capture_on_commit_callbacks
):
    before = page.get_url()
    add_to = Redirect.objects.create(office=page.office, old_path="/lama", url=before)
    index.slug = "berita"
    with django_capture_on_commit_callbacks(execute=True):
        index.save()
    page.refresh_from_db()
    assert client.get(before).url == page.get_url() != before
    add_to.refresh_from_db()
    assert (add_to.page_id, add_to.url) == (page.pk, "")  # no second step


def test_a_moved_page_keeps_its_old_address(client, office, index):
    home = index.get_parent().specific
    old, new = StandardPage(title="Lama", slug="lama"), StandardPage(title="Baru", slug="baru")
    home.add_child(instance=old)
    home.add_child(instance=new)
    below = StandardPage(title="Anak", slug="anak")
    old.add_child(instance=below)
    before = below.get_url()
    below.move(new, pos="last-child")
    below = StandardPage.objects.get(pk=below.pk)
    assert client.get(before).url == below.get_url() != before


def test_missing_addresses_are_noted_without_writing_at_once(
    client, page, django_assert_max_num_queries
):
    home = home_of(page)
    for _time in range(3):
        client.get(f"{home}tak-ada/?siapa=rahasia", headers={"referer": "https://x.test/a?b=c"})
    client.get(f"{home}wp-login.php")
    client.head(f"{home}kepala/")
    assert not MissingPage.objects.exists()
    notes.notes.write()
    row = MissingPage.objects.get()
    assert (row.path, row.count, row.referrer_host) == ("/tak-ada", 3, "x.test")
    client.get(f"{home}tak-ada/")
    with django_assert_max_num_queries(8):
        notes.notes.write()
    row.refresh_from_db()
    assert (row.count, row.referrer_host) == (4, "x.test")


def test_a_flood_stays_bounded(monkeypatch, office):
    held = notes.Notes()
    monkeypatch.setattr(notes, "SLACK", 0)
    monkeypatch.setattr(rules, "KEPT_MISSING", 20)
    monkeypatch.setattr(rules.superfluous, "__defaults__", (20,))
    for number in range(notes.MOST + 100):
        held.note_missing(office.pk, f"/banjir/halaman-{number}", "")
    held.write()
    assert MissingPage.objects.count() == 20
    held.write()


def test_the_screens_from_a_missing_address_to_a_redirect(client, editor, page, office):
    sign_in(client, editor)
    now = timezone.now()
    row = MissingPage.objects.create(
        office=office, path="/2019/rapat-pleno-terbuka.html", count=2, first_seen=now, last_seen=now
    )
    listed = client.get(reverse("redirects:missing", args=["33.08"])).content.decode()
    assert "Rapat pleno terbuka" in listed
    client.post(reverse("redirects:point", args=["33.08"]), {"missing": row.pk, "page": page.pk})
    made = Redirect.objects.get()
    assert (made.old_path, made.page_id, made.created_by) == (row.path, page.pk, editor)
    assert not MissingPage.objects.exists()
    edit = reverse("redirects:edit", args=["33.08", made.pk])
    assert client.get(edit).status_code == 200
    again = client.post(
        reverse("redirects:add", args=["33.08"]), {"old_path": row.path, "url": "/x"}
    )
    assert again.status_code == 422
    found = client.get(reverse("redirects:list", args=["33.08"]), {"q": "pleno"}).content.decode()
    assert made.old_path in found
    client.post(reverse("redirects:remove", args=["33.08", made.pk]))
    assert not Redirect.objects.exists()
    assert Entry.objects.filter(verb="redirects.redirect_removed").exists()


def test_a_table_goes_out_and_in_again(client, editor, page, tmp_path):
    add(editor, page, "/=lama")
    add(editor, page, "/jauh", page=None, url="https://www.kpu.go.id/x")
    sign_in(client, editor)
    sheet = client.get(reverse("redirects:export", args=["33.08"])).content
    Redirect.objects.all().delete()
    load = reverse("redirects:load", args=["33.08"])
    bad = b"/salah;javascript:x\r\n/;/x\r\n"
    (tmp_path / "a.csv").write_bytes(sheet + bad)
    with (tmp_path / "a.csv").open("rb") as file:
        here = client.post(load, {"file": file})["Location"]
    assert files.work(SentFile.objects.get().pk) == State.READ
    assert not Redirect.objects.exists()
    assert client.get(here).status_code == 200
    client.post(here, {"terima": "1"})
    assert files.work(SentFile.objects.get().pk) == State.TAKEN
    assert sorted(Redirect.objects.values_list("old_path", "page", "url")) == [
        ("/=lama", page.pk, ""), ("/jauh", None, "https://www.kpu.go.id/x")
    ]  # fmt: skip
    assert len(SentFile.objects.get().outcome["refused"]) == 2
    assert "javascript" not in client.get(here).context["sent"].outcome["refused"][0][1]
    for content in (b"\xff\xfe\x00", b"satu kolom", b"/a;/b\n" * 5001):
        (tmp_path / "b.csv").write_bytes(content)
        with (tmp_path / "b.csv").open("rb") as file:
            client.post(load, {"file": file})
        assert files.work(SentFile.objects.latest("pk").pk) == State.REFUSED
    (tmp_path / "b.csv").write_bytes(b"x" * 2_200_000)
    with (tmp_path / "b.csv").open("rb") as file:
        assert client.post(load, {"file": file}).status_code == 422
    assert sheets.read([(1, ["'=a\\|b/", "'+c"])]) == [(1, "=a|b/", "+c")]
    stranger = make_person("asing@kpu.test", Role.EDITOR, office=make_office("33.74", is_open=True))
    client.logout()
    assert sign_in(client, stranger).get(here).status_code == 404
    assert client.post(here, {"terima": "1"}).status_code == 404


def test_a_reader_has_no_such_screen(office, index):
    reader = make_person("baca@kpu.test", Role.DIRECTOR, office=office)
    assert sign_in(Client(), reader).get("/kantor/alamat-lama/33.08/").status_code == 404
