import io
import threading
import zipfile
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from zona.backstage.rights.grants import collection_of
from zona.ground.drawing import drawing
from zona.ground.drawing.drawing import Focus
from zona.ground.journal.models import Entry
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.cards import faces, store
from zona.website.cards.actions import choose_photo, set_focus
from zona.website.cards.tasks import make_card
from zona.website.site.models import ArticlePage, BasePage, HomePage, IndexPage, Photo

TITLE = "KPU Menggelar Bimbingan Teknis 😀 <Tata Kelola> & Pelayanan Informasi Publik"


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def home(db: None) -> HomePage:
    return open_home(make_office("33.08", "Kabupaten Magelang"))


@pytest.fixture
def article(home: HomePage) -> ArticlePage:
    return add(home, TITLE)


def add(home: HomePage, title: str, **fields: Any) -> ArticlePage:
    made = ArticlePage(title=title, lead="Teras.", **fields)
    IndexPage.objects.child_of(home).get().add_child(instance=made)
    if fields.get("live", True):
        made.save_revision().publish()
    return ArticlePage.objects.get(pk=made.pk)


def make_photo(page: BasePage, colours: tuple[str, str] = ("red", "blue")) -> Photo:
    """Left half in the one colour, right half in the other."""
    picture, out = Image.new("RGB", (400, 100), colours[0]), io.BytesIO()
    picture.paste(colours[1], (200, 0, 400, 100))
    picture.save(out, "PNG")
    folder = collection_of(page.office)
    file = ImageFile(io.BytesIO(out.getvalue()), "foto.png")
    return Photo.objects.create(title="Foto", file=file, collection=folder)


def address(page: BasePage, size: str = "1200x630", form: str = "jpg") -> str:
    return faces.address(page.pk, faces.face_of(page).version, size, form)


@pytest.mark.parametrize("size", faces.SIZES)
def test_a_card_has_its_size_and_weighs_little(
    client: Client, article: ArticlePage, size: str
) -> None:
    answer = client.get(address(article, size))
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(answer.content)) as drawn:
        assert drawn.size == faces.SIZES[size]
    assert len(answer.content) < drawing.GOOD_SIZE


def test_the_page_names_its_card_for_sharing(client: Client, article: ArticlePage) -> None:
    said = client.get(article.get_url()).content.decode()
    assert f'property="og:image" content="http://localhost:8000{address(article)}"' in said or (
        f'{address(article)}"' in said
    )
    assert 'name="twitter:card" content="summary_large_image"' in said
    assert address(article) in client.get("/en" + article.get_url()).content.decode()


def test_a_card_is_drawn_once(client: Client, article: ArticlePage, monkeypatch: Any) -> None:
    drawn = []
    monkeypatch.setattr(store, "make", lambda *about: drawn.append(about) or b"gambar")
    face = faces.face_of(article)
    asked = [
        threading.Thread(target=store.find_or_make, args=(article.pk, face, "1200x630", "jpg"))
        for _ in range(4)
    ]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()
    assert client.get(address(article)).content == b"gambar"
    assert len(drawn) == 1


def test_a_new_title_has_a_new_card_and_drops_the_old_one(
    client: Client, article: ArticlePage
) -> None:
    old = address(article)
    client.get(old)
    article.title = "Judul baru"
    article.save_revision().publish()
    article = ArticlePage.objects.get(pk=article.pk)
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (302, address(article))
    assert make_card.func(article.pk)
    kept = default_storage.listdir(f"kartu/{article.pk}")[1]
    assert [name.partition("-")[0] for name in kept] == [faces.face_of(article).version]


def test_the_colour_of_the_office_changes_the_card(article: ArticlePage) -> None:
    before = faces.face_of(article).version
    article.office.accent = "#0B6E4F"
    assert faces.face_of(article).version != before
    article.office.accent = "#FFF200"  # unreadable on paper: a darker tone of it is used
    assert faces.face_of(article).accent != "#FFF200"


def test_only_public_pages_have_a_card(
    client: Client, home: HomePage, article: ArticlePage
) -> None:
    draft = add(home, "Rahasia", live=False)
    assert client.get(address(draft)).status_code == 404
    asked = address(article)
    client.get(asked)
    article.unpublish()
    assert client.get(asked).status_code == 404
    assert not make_card.func(article.pk)
    assert client.get(asked.replace("1200x630", "640x480")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_cards_are_made_and_dropped_with_the_page() -> None:
    page = add(open_home(make_office("33.08")), "Terbit")
    assert default_storage.listdir(f"kartu/{page.pk}")[1]
    page.unpublish()
    assert not default_storage.listdir(f"kartu/{page.pk}")[1]


def test_the_focus_stays_in_sight(article: ArticlePage) -> None:
    article.photo = make_photo(article)
    for focus, colour in ((0.1, 0), (0.9, 2)):
        article.photo.focal_point_x, article.photo.focal_point_y = round(400 * focus), 50
        article.photo.focal_point_width = article.photo.focal_point_height = 1
        with Image.open(io.BytesIO(store.make(faces.face_of(article), "1200x630", "png"))) as drawn:
            pixel = drawn.convert("RGB").getpixel((900, 300))
        assert pixel.index(max(pixel)) == colour


def test_a_broken_photo_leaves_the_pattern(article: ArticlePage) -> None:
    article.photo = make_photo(article)
    with default_storage.open(article.photo.file.name, "wb") as file:
        file.write(b"bukan gambar")
    assert store.make(faces.face_of(article), "1080x1080", "png").startswith(b"\x89PNG")


def test_staff_see_choose_and_download(
    client: Client, home: HomePage, article: ArticlePage
) -> None:
    editor = make_person("e@kpu.test", Role.EDITOR, office=home.office)
    sign_in(client, editor)
    article.save_revision()
    photo = make_photo(article)
    screen = reverse("cards_staff:cards", args=[article.pk])
    said = client.get(screen).content.decode()
    assert "1080x1920" in said
    assert f"{article.lead}" in said
    assert (
        screen in client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    )

    assert client.post(screen, {"photo": photo.pk}).status_code == 302
    article = ArticlePage.objects.get(pk=article.pk)
    assert article.card_photo == photo
    assert article.get_latest_revision_as_object().card_photo == photo
    assert client.post(screen, {"photo": photo.pk, "focus": "20"}).status_code == 302
    photo.refresh_from_db()
    assert (photo.focal_point_x, photo.focal_point_y) == (332, 17)
    assert Entry.objects.filter(verb="cards.card_changed").count() == 2

    answer = client.get(reverse("cards_staff:download", args=[article.pk]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == 4
    one = client.get(reverse("cards_staff:picture", args=[article.pk, "1080x1080"]) + "?unduh")
    assert "attachment" in one["Content-Disposition"]


def test_a_draft_shows_its_card_to_staff_alone(client: Client, home: HomePage) -> None:
    draft = add(home, "Konsep", live=False)
    picture = reverse("cards_staff:picture", args=[draft.pk, "1200x630"])
    assert client.get(picture).status_code == 302
    sign_in(client, make_person("r@kpu.test", Role.EDITOR, office=home.office))
    answer = client.get(picture)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not default_storage.exists(f"kartu/{draft.pk}")


def test_who_may_not_change_a_card(home: HomePage, article: ArticlePage) -> None:
    other = open_home(make_office("33.74")).office
    stranger = make_person("s@kpu.test", Role.EDITOR, office=other)
    reporter = make_person("p@kpu.test", Role.REPORTER, office=home.office)
    editor = make_person("e@kpu.test", Role.EDITOR, office=home.office)
    photo = make_photo(article)
    foreign = Photo.objects.create(
        title="Lain", file=photo.file, width=1, height=1, collection=collection_of(other)
    )
    for actor in (stranger, reporter):
        with pytest.raises(PermissionDenied):
            choose_photo(actor=actor, page_id=article.pk, photo=None)
        with pytest.raises(PermissionDenied):
            set_focus(actor=actor, page_id=article.pk, photo=photo, focus=Focus())
    with pytest.raises(PermissionDenied):
        choose_photo(actor=editor, page_id=article.pk, photo=foreign)
    assert ArticlePage.objects.get(pk=article.pk).card_photo is None
