import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from zona.showcase import pictures
from zona.showcase.models import Photo
from zona.showcase.originals import BrokenPicture, clean_original

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
