"""Pictures and files of an old site: looked for in a folder, else fetched, each stored once."""

from __future__ import annotations

import io
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.images import ImageFile
from django.db import transaction
from PIL import Image
from wagtail.models import Collection

from zona.backstage.rights.grants import collection_of
from zona.offices.models import Office
from zona.website.site.files.originals import BrokenPicture
from zona.website.site.models import Photo, PublicFile

from ..fetching import NotFetched, fetch, open_session
from ..models import ImportedItem
from ..report import Report
from ..rules.items import GUID_LENGTH, file_key, fit, originals, path_in_uploads
from ..scratch import FileEntry, Scratch

FETCHED_FILE = 100_000_000  # bytes
Stored = Photo | PublicFile


class Media:
    """Finds what texts name; remembers what could not be had, so that it is asked for once."""

    def __init__(
        self,
        *,
        office: Office,
        report: Report,
        scratch: Scratch | None = None,
        folder: Path | None = None,
        may_fetch: bool = False,
        is_trial: bool = False,
    ) -> None:
        self.office, self.report, self.scratch = office, report, scratch
        self.folder, self.is_trial = folder, is_trial
        self.session = open_session() if may_fetch else None
        self.failed: dict[str, str] = {}
        self.tried: set[str] = set()
        self._collection: Collection | None = None

    def photo(self, url: str, number: int | None = None, alt: str = "") -> Photo | None:
        """The picture at an address, or the attachment of that number; None when not to be had.

        In a trial an unsaved row stands for a picture that would come.
        """
        entry = self._entry(url, number)
        for address in originals(entry.url) if entry else originals(url):
            found = self._get(address, entry, alt, is_picture=True)
            if found is not None:
                return found if isinstance(found, Photo) else None
        return None

    def file(self, url: str, title: str = "") -> PublicFile | None:
        """The document, recording or film at an address."""
        entry = self._entry(url, None)
        found = self._get(url.split("#")[0], entry, title, is_picture=False)
        return found if isinstance(found, PublicFile) else None

    @property
    def can_look(self) -> bool:
        """Whether there is anywhere to look."""
        return self.folder is not None or self.session is not None

    def why(self, url: str) -> str:
        """Why an address could not be had (Indonesian)."""
        reasons = (self.failed.get(file_key(address)) for address in originals(url))
        return next(filter(None, reasons), "tidak ada di folder media")

    def entry_of(self, url: str, number: int | None) -> FileEntry | None:
        return self._entry(url, number)

    def _entry(self, url: str, number: int | None) -> FileEntry | None:
        if self.scratch is None:
            return None
        if number and (entry := self.scratch.file_by_number(number)):
            return entry
        for address in originals(url) if url else []:
            if entry := self.scratch.file_by_key(file_key(address)):
                return entry
        return None

    def _get(
        self, url: str, entry: FileEntry | None, words: str, is_picture: bool
    ) -> Stored | None:
        key = file_key(url)
        if not key or key in self.failed:
            return None
        known = (
            ImportedItem.objects.filter(office=self.office, guid=guid_of(key))
            .select_related("photo", "file")
            .first()
        )
        if known:
            return known.photo or known.file
        ending = PurePosixPath(key).suffix.lower().lstrip(".")
        allowed = (
            settings.WAGTAILIMAGES_EXTENSIONS if is_picture else settings.WAGTAILDOCS_EXTENSIONS
        )
        if ending not in allowed:
            self.failed[key] = (
                f"jenis berkas .{ending} tidak didukung" if ending else "bukan berkas"
            )
            return None
        source = self._find_local(url)
        if source is None and self.session is None:
            self._fail(key, "tidak ada di folder media")
            return None
        if self.is_trial:
            if key not in self.tried:
                self.tried.add(key)
                self.report.counts["photo_new" if is_picture else "file_new"] += 1
            return Photo() if is_picture else PublicFile()
        try:
            return self._store(key, url, source, entry, words, is_picture)
        except (BrokenPicture, NotFetched, OSError, Image.DecompressionBombError) as error:
            reason = "gambar rusak" if isinstance(error, BrokenPicture) else str(error)
            self._fail(key, reason)
            return None

    def _fail(self, key: str, reason: str) -> None:
        if len(self.failed) < 100_000:
            self.failed[key] = reason

    def _find_local(self, url: str) -> Path | None:
        inner = path_in_uploads(url)
        if self.folder is None or not inner:
            return None
        root = self.folder.resolve()
        for base in (root, root / "uploads", root / "wp-content" / "uploads"):
            path = (base / inner).resolve()
            if path.is_relative_to(root) and path.is_file():
                return path
        return None

    def _store(
        self, key: str, url: str, source: Path | None, entry: FileEntry | None, words: str,
        is_picture: bool,
    ) -> Stored:  # fmt: skip
        name = PurePosixPath(key).name
        if is_picture:
            return self._store_photo(key, name, self._read_picture(url, source), entry, words)
        title = (entry.title if entry else "") or words or name
        if source is None:
            body, _response = self._fetch(url, FETCHED_FILE)
            return self._store_file(key, title, ContentFile(body, name))
        with source.open("rb") as handle:
            return self._store_file(key, title, File(handle, name))

    def _read_picture(self, url: str, source: Path | None) -> bytes:
        limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        if source is None:
            data, _response = self._fetch(url, limit)
        elif source.stat().st_size > limit:
            raise NotFetched(f"lebih besar dari {limit // 1_000_000} MB")
        else:
            data = source.read_bytes()
        try:
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
        except (OSError, ValueError, SyntaxError) as error:
            raise BrokenPicture(str(error)) from error
        if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise NotFetched("gambar terlalu besar (piksel)")
        return data

    def _fetch(self, url: str, limit: int) -> tuple[bytes, Any]:
        if self.session is None:
            raise NotFetched("tidak ada di folder media")
        data, response = fetch(self.session, url, limit=limit)
        if data[:200].lstrip().lower().startswith((b"<!doctype", b"<html")):
            raise NotFetched("server menjawab dengan halaman, bukan berkas")
        return data, response

    @transaction.atomic
    def _store_photo(
        self, key: str, name: str, data: bytes, entry: FileEntry | None, words: str
    ) -> Photo:
        title = (entry.title if entry else "") or PurePosixPath(name).stem
        photo = Photo(
            title=title[:255],
            file=ImageFile(io.BytesIO(data), name),
            description=((entry.alt if entry else "") or words)[:255],
            collection=self.collection(),
        )
        photo.save()
        ImportedItem.objects.create(office=self.office, guid=guid_of(key), photo=photo)
        self.report.counts["photo_new"] += 1
        return photo

    @transaction.atomic
    def _store_file(self, key: str, title: str, content: File) -> PublicFile:
        document = PublicFile(title=title[:255], file=content, collection=self.collection())
        document.save()
        ImportedItem.objects.create(office=self.office, guid=guid_of(key), file=document)
        self.report.counts["file_new"] += 1
        return document

    def collection(self) -> Collection:
        if self._collection is None:
            self._collection = collection_of(self.office) or Collection.get_first_root_node()
        return self._collection


def guid_of(key: str) -> str:
    return fit(f"media:{key}", GUID_LENGTH)
