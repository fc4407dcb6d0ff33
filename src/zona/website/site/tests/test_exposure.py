"""Who may fetch a picture or document: everybody while a live page uses it, else staff by right."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from PIL import Image
from wagtail.models import PageViewRestriction, ReferenceIndex

from zona.backstage.rights.grants import collection_of
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home, sign_in
from zona.website.site.files.exposure import COOKIE, grant_pictures, is_granted
from zona.website.site.models import ArticlePage, HomePage, IndexPage, Photo, PublicFile

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def home() -> HomePage:
    return open_home(make_office("33.08"))


@pytest.fixture
def photo(home: HomePage) -> Photo:
    return Photo.objects.create(
        title="Rapat",
        collection=collection_of(home.office),
        file=SimpleUploadedFile("rapat pleno.png", picture()),
    )


@pytest.fixture
def document(home: HomePage) -> PublicFile:
    return PublicFile.objects.create(
        title="Surat",
        collection=collection_of(home.office),
        file=ContentFile(b"%PDF-1.4", name="surat.pdf"),
    )


def draft_with(
    home: HomePage, photo: Photo, *, in_body: bool = False, **fields: Any
) -> ArticlePage:
    index = IndexPage.objects.child_of(home).first()
    page = ArticlePage(
        title="Rapat pleno",
        slug="rapat-pleno",
        live=False,
        photo=None if in_body else photo,
        **fields,
    )
    if in_body:
        page.body = [("photo", {"image": photo, "caption": ""})]
    index.add_child(instance=page)
    return page


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    b"".join(getattr(answer, "streaming_content", ()))
    return answer.status_code


@pytest.mark.parametrize("in_body", [False, True])
def test_a_picture_is_public_exactly_while_a_live_page_uses_it(
    home: HomePage, photo: Photo, client: Client, in_body: bool
) -> None:
    rendition = photo.get_rendition("width-40")
    addresses = [photo.url, rendition.url]
    page = draft_with(home, photo, in_body=in_body)
    assert [status(client, a) for a in addresses] == [404, 404]
    page.save_revision().publish()
    assert [status(client, a) for a in addresses] == [200, 200]
    page.refresh_from_db()
    page.unpublish()
    assert [status(client, a) for a in addresses] == [404, 404]


def test_publication_does_not_wait_for_the_job_of_the_index(home: HomePage, photo: Photo) -> None:
    page = draft_with(home, photo)
    ReferenceIndex.objects.all().delete()
    page.save_revision().publish()
    assert ReferenceIndex.get_references_to(photo).exists()


def test_a_page_made_live_at_once_shows_its_pictures(
    home: HomePage, photo: Photo, client: Client
) -> None:
    index = IndexPage.objects.child_of(home).first()
    index.add_child(instance=ArticlePage(title="Rapat", slug="rapat", photo=photo, live=True))
    assert status(client, photo.url) == 200


def test_a_picture_taken_out_of_a_live_page_leaves_the_public(
    home: HomePage, photo: Photo, client: Client
) -> None:
    page = draft_with(home, photo)
    page.save_revision().publish()
    page.photo = None
    page.save_revision()  # a draft changes nothing yet
    assert status(client, photo.url) == 200
    page.save_revision().publish()
    assert status(client, photo.url) == 404


def test_a_page_behind_a_password_makes_nothing_public(
    home: HomePage, photo: Photo, client: Client
) -> None:
    page = draft_with(home, photo)
    page.save_revision().publish()
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    assert status(client, photo.url) == 404


def test_what_is_public_is_kept_for_an_hour_and_the_rest_by_nobody(
    home: HomePage, photo: Photo, client: Client
) -> None:
    sign_in(client, make_person("sri@kpu.test", Role.EDITOR, office=home.office))
    answer = client.get(photo.url)
    assert answer["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer["Vary"]
    draft_with(home, photo).save_revision().publish()
    answer = Client().get(photo.url)
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in answer.get("Vary", "")


def test_staff_see_their_offices_pictures_and_no_others(
    home: HomePage, photo: Photo, client: Client
) -> None:
    elsewhere = make_office("33.74", region="Tetangga")
    open_home(elsewhere)
    sign_in(client, make_person("sri@kpu.test", Role.EDITOR, office=home.office))
    assert status(client, photo.url) == 200
    stranger = Client()
    sign_in(stranger, make_person("budi@kpu.test", Role.EDITOR, office=elsewhere))
    assert status(stranger, photo.url) == 404
    nobody = Client()
    sign_in(nobody, make_person("tanpa@kpu.test"))
    assert status(nobody, photo.url) == 404


def test_a_document_is_public_exactly_while_a_live_page_links_to_it(
    home: HomePage, photo: Photo, document: PublicFile, client: Client
) -> None:
    link = f'<p><a linktype="document" id="{document.pk}">Surat</a></p>'
    page = draft_with(home, photo)
    page.body = [("paragraph", link)]
    page.save()
    assert status(client, document.url) == 404
    page.save_revision().publish()
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=3600"
    page.refresh_from_db()
    page.unpublish()
    assert status(client, document.url) == 404
    sign_in(client, make_person("sri@kpu.test", Role.EDITOR, office=home.office))
    assert status(client, document.url) == 200


def test_names_cannot_be_guessed(home: HomePage, photo: Photo) -> None:
    assert re.fullmatch(r"original_images/rapat_pleno-[0-9a-f]{20}\.png", photo.file.name)
    token = photo.file.name.rpartition("-")[2].partition(".")[0]
    assert token in photo.get_rendition("width-40").file.name


def test_a_file_without_a_row_is_not_there(home: HomePage, client: Client) -> None:
    from django.core.files.storage import default_storage

    name = default_storage.save("images/yatim.png", ContentFile(picture()))
    assert status(client, f"/media/{name}") == 404


# --- who holds a secret link to a draft ----------------------------------------------------------


def granted(page: ArticlePage, rf: RequestFactory) -> Any:
    from django.http import HttpResponse

    answer = HttpResponse()
    grant_pictures(answer, page, is_secure=True)
    request = rf.get("/media/x")
    if COOKIE in answer.cookies:
        request.COOKIES[COOKIE] = answer.cookies[COOKIE].value
    return answer, request


def test_a_reviewer_sees_the_pictures_of_the_draft_and_no_others(
    home: HomePage, photo: Photo, client: Client, rf: RequestFactory
) -> None:
    other = Photo.objects.create(title="Lain", file=SimpleUploadedFile("lain.png", picture()))
    page = draft_with(home, photo)
    answer, request = granted(page, rf)
    cookie = answer.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/media/", True, "Strict")
    assert is_granted(request, photo)
    assert not is_granted(request, other)
    client.cookies[COOKIE] = cookie.value
    assert status(client, photo.url) == 200
    assert status(client, other.url) == 404


def test_a_grant_that_was_made_up_opens_nothing(photo: Photo, client: Client) -> None:
    for value in (str(photo.pk), f"{photo.pk}:1:x", "", "²"):
        client.cookies[COOKIE] = value
        assert status(client, photo.url) == 404
