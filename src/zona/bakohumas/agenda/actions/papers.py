"""Papers of an event: invitation, material, minutes. Kept privately, for staff alone."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from zona.ground.journal.actions import record
from zona.ground.outbox.letting_go import let_go
from zona.offices.models import User

from ..models import EventDocument, Participation
from .events import check_may_plan

LARGEST = 10 * 1024 * 1024  # bytes
MOST = 20  # papers of one event
ZIP = b"PK\x03\x04"
# Ending -> how such a file begins.
TYPES = {
    "pdf": b"%PDF-", "docx": ZIP, "xlsx": ZIP, "pptx": ZIP, "odt": ZIP, "ods": ZIP,
    "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n",
}  # fmt: skip


@transaction.atomic
def add_document(
    *, actor: User, participation: Participation, title: str, file: UploadedFile
) -> EventDocument:
    """Keep a paper with the event. Raises PermissionDenied, ValidationError."""
    check_may_plan(actor, participation.office)
    event = participation.event
    ending = check_file(file)
    if event.documents.count() >= MOST:
        raise ValidationError({"file": _("An entry holds at most 20 papers.")})
    title = " ".join(title.split()) or PurePath(file.name or "").stem
    file.name = f"{uuid.uuid4().hex}.{ending}"
    document = EventDocument.objects.create(
        event=event, title=title[:120], file=file, added_by=actor
    )
    _tell(actor, "document_added", participation, document)
    return document


def check_file(file: UploadedFile) -> str:
    """The ending of a file that may be kept. Raises ValidationError."""
    ending = PurePath(file.name or "").suffix.lower().lstrip(".")
    if ending not in TYPES:
        raise ValidationError({"file": _("Choose a PDF, an office document or a picture.")})
    if (file.size or 0) > LARGEST:
        raise ValidationError({"file": _("The file is larger than 10 MB.")})
    head = file.read(16)
    file.seek(0)
    if not head.startswith(TYPES[ending]):
        raise ValidationError({"file": _("The file is not what its ending says.")})
    return ending


@transaction.atomic
def remove_document(*, actor: User, participation: Participation, document: EventDocument) -> None:
    """Take a paper away for good, file included."""
    check_may_plan(actor, participation.event.office)
    name = str(document.file.name)
    document.delete()
    let_go(EventDocument, "file", name)
    _tell(actor, "document_removed", participation, document)


def _tell(actor: User, verb: str, participation: Participation, document: EventDocument) -> None:
    record(
        actor=actor,
        verb=f"agenda.{verb}",
        target=participation.event,
        office_code=participation.office.code,
        changes={"title": ["", document.title]},
    )
