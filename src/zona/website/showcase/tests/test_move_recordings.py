"""Documents that offices published as videos and episodes become recordings, drafts included."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from zona.backstage.media.models import Recording
from zona.offices.models import Office
from zona.testing import make_office, open_home
from zona.website.showcase.actions.demo import MEDIA

BEFORE = [("showcase", "0005_recordings")]
AFTER = [("showcase", "0007_drop_old_media")]
SOUND = "siniar-1-siapa-pemilih.mp3"


def migrate(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


class Before:
    """The tables as they were, with the rows an office had then."""

    def __init__(self, apps: Any, office: Office, path: str) -> None:
        self.apps, self.office, self.path, self.count = apps, office, path, 0

    def add_document(self, name: str, data: bytes, *, is_lost: bool = False) -> Any:
        stored = default_storage.save(f"documents/{name}", ContentFile(data))
        row = self.apps.get_model("showcase", "PublicFile").objects.create(title=name, file=stored)
        if is_lost:
            default_storage.delete(stored)
        return row

    def add_page(self, model: str, **fields: Any) -> Any:
        kind = self.apps.get_model("showcase", model)
        types = self.apps.get_model("contenttypes", "ContentType").objects
        locale = self.apps.get_model("wagtailcore", "Locale").objects.first()
        self.count += 1
        return kind.objects.create(
            path=f"{self.path}{self.count:04d}",
            depth=len(self.path) // 4 + 1,
            numchild=0,
            title=f"{model} {self.count}",
            slug=f"halaman-{self.count}",
            url_path=f"/x/{self.count}/",
            content_type=types.get(app_label="showcase", model=model),
            locale=locale,
            translation_key=uuid.uuid4(),
            kind="video" if model == "videopage" else "podcast_episode",
            office_id=self.office.pk,
            **fields,
        )

    def add_draft(self, page: Any, model: str, **content: Any) -> Any:
        kind = self.apps.get_model("contenttypes", "ContentType").objects.get(
            app_label="showcase", model=model
        )
        return self.apps.get_model("wagtailcore", "Revision").objects.create(
            content_type=kind,
            base_content_type=kind,
            object_id=str(page.pk),
            created_at=timezone.now(),
            object_str=page.title,
            content={"pk": page.pk, "title": page.title, **content},
        )


@pytest.mark.django_db(transaction=True)
def test_documents_become_recordings(tmp_path: Path, settings: Any) -> None:
    office = make_office("33.08")
    home = open_home(office)
    sound = (MEDIA / SOUND).read_bytes()
    settings.PRIVATE_ROOT = tmp_path / "private"
    try:
        old = Before(migrate(BEFORE), office, f"{home.path}0099")
        mp3 = old.add_document("a.mp3", sound)
        newer = old.add_document("b.mp3", sound)
        vtt = old.add_document("a.vtt", (MEDIA / "cek-data-pemilih.vtt").read_bytes())
        mp4 = old.add_document("a.mp4", (MEDIA / "cek-data-pemilih.mp4").read_bytes())
        broken = old.add_document("rusak.mp3", b"bukan suara")
        lost = old.add_document("hilang.mp3", b"x", is_lost=True)
        episode = old.add_page("podcastepisodepage", media_id=mp3.pk, duration=83, number=1)
        twin = old.add_page("podcastepisodepage", media_id=mp3.pk, duration=None, number=2)
        torn = old.add_page("podcastepisodepage", media_id=broken.pk, number=3)
        gone = old.add_page("podcastepisodepage", media_id=lost.pk, number=4)
        video = old.add_page("videopage", media_id=mp4.pk, captions_id=vtt.pk)
        draft = old.add_draft(episode, "podcastepisodepage", media=newer.pk, number=1)
        old.add_draft(video, "videopage", media=mp4.pk, captions=vtt.pk)
        new = migrate(AFTER)
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    def recording_of(model: str, page: Any) -> Recording:
        pk = new.get_model("showcase", model).objects.get(pk=page.pk).recording_id
        return Recording.objects.get(pk=pk)

    first = recording_of("podcastepisodepage", episode)
    assert (first.state, first.kind, first.office, first.title) == (
        "ready", "audio", office, episode.title,
    )  # fmt: skip
    assert (first.file_size, round(first.duration or 0)) == (len(sound), 83)
    assert (tmp_path / "private" / first.file.name).read_bytes() == sound
    assert recording_of("podcastepisodepage", twin) == first
    assert recording_of("podcastepisodepage", torn).fault == "broken"
    assert recording_of("podcastepisodepage", torn).file
    assert recording_of("podcastepisodepage", gone).fault == "lost"
    film = recording_of("videopage", video)
    assert (film.width, film.height, film.content_type) == (1280, 720, "video/mp4")
    assert "Satu. Siapkan KTP elektronik." in film.transcripts.get().vtt
    content = new.get_model("wagtailcore", "Revision").objects.get(pk=draft.pk).content
    assert (
        Recording.objects.get(pk=content["recording"]).original_name == Path(newer.file.name).name
    )
    assert Recording.objects.count() == 5
    assert new.get_model("showcase", "PublicFile").objects.count() == 6  # texts may link to them
