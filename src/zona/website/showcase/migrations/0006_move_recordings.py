"""What offices published as plain documents becomes recordings, drafts included.

The documents stay in the office's library: texts may link to them. Their bytes are not copied where
the file system can give a file a second name.
"""

import contextlib
import os
import shutil
import uuid
from pathlib import Path

import av
import webvtt
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import migrations
from django.utils import timezone

FOLDER = "recordings/results"
KINDS = {
    "videopage": ("video", "mp4", "video/mp4"),
    "podcastepisodepage": ("audio", "mp3", "audio/mpeg"),
}
KEPT = "Dipindahkan dari pustaka dokumen"  # nobody was asked about consent then


def move_all(apps, schema_editor):
    move = Move(apps)
    for model, (kind, _ending, _type) in KINDS.items():
        for page in (
            apps.get_model("showcase", model).objects.select_related("office").order_by("pk")
        ):
            if page.office_id:
                move.move_page(page, kind)
        move.move_drafts(model, kind)


class Move:
    def __init__(self, apps):
        self.apps = apps
        self.Recording = apps.get_model("media", "Recording")
        self.Transcript = apps.get_model("media", "Transcript")
        self.PublicFile = apps.get_model("showcase", "PublicFile")
        self.made = {}  # (office, document) -> recording

    def move_page(self, page, kind):
        recording = self.recording_of(page.office_id, page.media_id, kind, page.title)
        if recording is None:
            return
        type(page).objects.filter(pk=page.pk).update(recording_id=recording.pk)
        if kind == "video" and page.captions_id:
            self.add_transcript(recording, page.captions_id)

    def move_drafts(self, model, kind):
        """Saved versions name the document; published as they are they would lose their file."""
        Page = self.apps.get_model("showcase", model)
        ContentType = self.apps.get_model("contenttypes", "ContentType")
        Revision = self.apps.get_model("wagtailcore", "Revision")
        content_type = ContentType.objects.filter(app_label="showcase", model=model).first()
        offices = {str(row[0]): row[1] for row in Page.objects.values_list("pk", "office_id")}
        for revision in Revision.objects.filter(content_type=content_type).iterator():
            content, office = revision.content, offices.get(revision.object_id)
            document = content.get("media")
            if not document or not office or content.get("recording"):
                continue
            recording = self.recording_of(office, document, kind, content.get("title", ""))
            if recording is None:
                continue
            if kind == "video" and content.get("captions"):
                self.add_transcript(recording, content["captions"])
            content["recording"] = recording.pk
            Revision.objects.filter(pk=revision.pk).update(content=content)

    def recording_of(self, office, document, kind, title):
        """One recording a document and office; None when the document is gone."""
        if (office, document) in self.made:
            return self.made[office, document]
        source = self.PublicFile.objects.filter(pk=document).first()
        if source is None:
            return None
        ending, content_type = next(row[1:] for row in KINDS.values() if row[0] == kind)
        row = self.Recording(
            uuid=uuid.uuid4(), office_id=office, kind=kind, title=title or source.title,
            consent="public", rights=KEPT, original_name=Path(source.file.name).name,
            uploaded_by_id=source.uploaded_by_user_id, content_type=content_type,
        )  # fmt: skip
        name = f"{FOLDER}/{row.uuid}.{ending}"
        target = Path(settings.PRIVATE_ROOT) / name
        try:
            row.file_size = take(source.file.name, target)
        except FileNotFoundError:
            row.state, row.fault = "failed", "lost"
        else:
            row.file = name
            measure(target, row)
        row.save()
        self.made[office, document] = row
        return row

    def add_transcript(self, recording, document):
        source = self.PublicFile.objects.filter(pk=document).first()
        known = self.Transcript.objects.filter(recording_id=recording.pk, language="id")
        if source is None or known.exists():
            return
        with contextlib.suppress(OSError, UnicodeDecodeError, webvtt.errors.MalformedFileError):
            with default_storage.open(source.file.name) as file:
                text = file.read().decode("utf-8-sig").replace("\r\n", "\n")
            webvtt.from_string(text)
            self.Transcript.objects.create(recording_id=recording.pk, language="id", vtt=text)


def take(name, target):
    """A second name for the document's bytes, or a copy; how many there are."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(NotImplementedError, FileExistsError, PermissionError, OSError):
        os.link(default_storage.path(name), target)
    if not target.exists():
        with default_storage.open(name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    return target.stat().st_size


def measure(file, row):
    """Length and picture size as the file tells; one that cannot be read needs attention."""
    try:
        with av.open(str(file)) as container:
            stream = (
                container.streams.video[0] if row.kind == "video" else container.streams.audio[0]
            )
            length = container.duration / av.time_base if container.duration else 0
            if row.kind == "video":
                row.width, row.height = stream.codec_context.width, stream.codec_context.height
    except (av.error.FFmpegError, IndexError):
        length = 0
    if length > 0 and row.file_size:
        row.state, row.duration, row.progress = "ready", length, 100
        row.finished_at = timezone.now()
    else:
        row.state, row.fault = "failed", "broken"


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0005_recordings"),
        ("media", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(move_all, migrations.RunPython.noop, elidable=False)]
