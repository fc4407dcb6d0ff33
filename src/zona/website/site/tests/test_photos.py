import contextlib
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from zona.backstage.rights.grants import collection_of
from zona.offices.models import Role
from zona.testing import make_office, make_person, make_superuser, open_home, sign_in
from zona.website.site.files import pictures
from zona.website.site.files.originals import BrokenPicture, clean_original
from zona.website.site.models import Photo

GPS, ORIENTATION = 0x8825, 0x0112


def picture(size: tuple[int, int] = (3200, 1800), form: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture as a phone makes it: with a position, lying on its side."""
    image = Image.effect_noise(size, 60).convert(mode)
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "S", 2: (7.0, 35.0, 0.0), 3: "E", 4: (110.0, 13.0, 0.0)})
    exif[ORIENTATION] = 6
    out = io.BytesIO()
    image.save(out, form, **({"exif": exif} if form != "GIF" else {}))
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_an_original_is_cut_upright_and_knows_no_place(form: str) -> None:
    cleaned, size = clean_original(SimpleUploadedFile("foto.jpg", picture(form=form)))
    with Image.open(cleaned) as image:
        assert max(image.size) == 2560
        assert image.size == size
        assert image.size[0] < image.size[1]  # turned as its orientation says
        assert not image.getexif()
        assert image.format == form


def test_transparency_stays_and_odd_modes_become_jpeg() -> None:
    cleaned, _size = clean_original(SimpleUploadedFile("a.png", picture((40, 30), "PNG", "RGBA")))
    with Image.open(cleaned) as image:
        assert image.mode == "RGBA"
    out = io.BytesIO()
    Image.new("CMYK", (40, 30)).save(out, "JPEG")
    cleaned, _size = clean_original(SimpleUploadedFile("b.jpg", out.getvalue()))
    with Image.open(cleaned) as image:
        assert image.mode == "RGB"


@pytest.mark.parametrize("data", [b"", b"bukan gambar", picture((64, 64))[:300]])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenPicture):
        clean_original(SimpleUploadedFile("foto.jpg", data))


@pytest.mark.django_db
def test_an_upload_gets_all_sizes_in_a_job(
    django_capture_on_commit_callbacks: Any, client: Client
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = Photo.objects.create(
            title="Rapat",
            description="Orang duduk melingkar",
            credit="Humas",
            file=SimpleUploadedFile("rapat.jpg", picture()),
        )
    found = pictures.describe(photo)
    assert [source["type"] for source in found["sources"]] == ["image/avif", "image/webp"]
    assert len(found["srcset"].split(", ")) == len(pictures.WIDTHS)
    assert found["alt"] == "Orang duduk melingkar"
    sign_in(client, make_superuser())
    answer = client.get(found["src"])
    assert answer.status_code == 200
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as image:
        assert image.size == (found["width"], found["height"])
        assert not image.getexif()


@pytest.mark.django_db
def test_before_the_job_ran_the_original_is_shown() -> None:
    photo = Photo.objects.create(title="x", file=SimpleUploadedFile("x.jpg", picture((900, 600))))
    found = pictures.describe(photo)
    assert (found["width"], found["height"]) == (photo.width, photo.height)
    assert found["sources"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../secret.key", "original_images/../../secret.key", "documents/a.pdf", "x", "images"]
)
def test_media_shows_pictures_only(client: Client, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def sixteen_bits() -> bytes:
    out = io.BytesIO()
    Image.new("I;16", (60, 40), 40_000).save(out, "PNG")
    return out.getvalue()


def test_sixteen_bits_become_eight() -> None:
    cleaned, _size = clean_original(SimpleUploadedFile("pindai.png", sixteen_bits()))
    with Image.open(cleaned) as image:
        assert image.mode == "L"
        assert image.getpixel((5, 5)) == 40_000 // 256


def animated() -> bytes:
    out = io.BytesIO()
    frames = [Image.effect_noise((60, 40), 60 + n) for n in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def test_an_animation_stays_one() -> None:
    data = animated()
    cleaned, _size = clean_original(SimpleUploadedFile("a.gif", data))
    assert cleaned.read() == data


@pytest.mark.parametrize(
    ("form", "whole"),
    [
        ("gif", animated()),
        ("png", picture((64, 64), "PNG")),
        ("jpg", picture((64, 64))),
        ("webp", picture((64, 64), "WEBP")),
    ],
)
@given(data=st.data())
def test_no_cut_or_bent_file_breaks_more_than_itself(form: str, whole: bytes, data: Any) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    bent = data.draw(
        st.sampled_from([whole[:at], whole[:at] + b"\xff" + whole[at + 1 :], whole[:at] * 2])
    )
    with contextlib.suppress(BrokenPicture):
        clean_original(SimpleUploadedFile(f"foto.{form}", bent))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [("a.gif", animated()[:-40]), ("b.jpg", picture((64, 64))[:900]), ("c.png", b"\x89PNG\r\n")],
)
def test_a_broken_picture_is_an_error_of_the_form(name: str, data: bytes, client: Client) -> None:
    home = open_home(make_office("33.08"))
    sign_in(client, make_person("sri@kpu.test", Role.EDITOR, office=home.office))
    for address, field in (
        ("/kantor/images/add/", "file"),
        ("/kantor/images/multiple/add/", "files[]"),
    ):
        answer = client.post(
            address,
            {"title": "x", "collection": collection_of(home.office).pk,
             field: SimpleUploadedFile(name, data)},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )  # fmt: skip
        assert answer.status_code in (200, 400, 422), address
    assert not Photo.objects.exists()
