"""Pictures and documents that the public may fetch."""

from __future__ import annotations

import secrets
from pathlib import PurePath
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailFile
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.utils.file import hash_filelike

from ..files.originals import clean_original


class Rights(models.TextChoices):
    """Why the office may show a picture."""

    OWN = "own", _("Made by this office")
    PARTNER = "partner", _("Given by a partner, who agreed")
    LICENSED = "licensed", _("Under a licence: say which")
    FREE = "free", _("In the public domain")


class People(models.TextChoices):
    """Whom a picture shows."""

    NOBODY = "nobody", _("Nobody who can be recognised")
    CROWD = "crowd", _("People at an event, none singled out")
    NAMED = "named", _("Somebody singled out or named")


class Consent(models.TextChoices):
    """Whether those shown agreed (Law 27/2022, art. 20; for children art. 25)."""

    NOT_NEEDED = "none", _("Not needed: public event or official duty")
    SPOKEN = "spoken", _("Given, spoken")
    WRITTEN = "written", _("Given in writing")
    OPEN = "open", _("Not asked yet")


class Photo(AbstractImage):
    """A picture with its alternative text (`description`) and credit.

    The original is at most 2560 px on its longer side and holds no position data.
    """

    description = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("Who made it, as it stands under the photo: Foto: Humas KPU …"),
    )

    # Empty until a person has said it: nothing is concluded about older pictures.
    rights = models.CharField(_("rights"), max_length=8, choices=Rights.choices, blank=True)
    rights_note = models.CharField(
        _("more about the rights"),
        max_length=160,
        blank=True,
        help_text=_("Which licence, which partner, until when."),
    )
    people = models.CharField(_("who is seen"), max_length=6, choices=People.choices, blank=True)
    consent = models.CharField(
        _("consent of those seen"), max_length=7, choices=Consent.choices, blank=True
    )
    has_children = models.BooleanField(
        _("children can be recognised"),
        default=False,
        help_text=_("Then a parent's or guardian's consent in writing is needed."),
    )

    admin_form_fields = (
        *WagtailImage.admin_form_fields,
        "credit",
        "people",
        "has_children",
        "consent",
        "rights",
        "rights_note",
    )

    file_was_new = False

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody can guess: the picture may be that of a draft for a long time."""
        plain = PurePath(get_valid_filename(string_to_ascii(filename)).lower())
        return f"original_images/{plain.stem[:20]}-{secrets.token_hex(10)}{plain.suffix[:6]}"

    @property
    def url(self) -> str:
        """The original, cut and cleaned."""
        image: Any = self  # django-stubs cannot type the field of an abstract Wagtail model
        return str(image.file.url)

    def save(self, *args: Any, **kwargs: Any) -> None:
        image: Any = self
        self.file_was_new = bool(image.file) and not image.file._committed
        if self.file_was_new:
            cleaned, (self.width, self.height) = clean_original(image.file.file)
            image.file = cleaned
            self.file_size, self.file_hash = cleaned.size, hash_filelike(cleaned)
            cleaned.seek(0)
        with transaction.atomic():  # the row and the job that makes its sizes
            super().save(*args, **kwargs)

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints = [
            models.CheckConstraint(
                condition=Q(rights__in=["", *Rights.values])
                & Q(people__in=["", *People.values])
                & Q(consent__in=["", *Consent.values]),
                name="photo_choices",
            )
        ]
        indexes = [models.Index(fields=["file"], name="photo_by_file")]


class PhotoRendition(AbstractRendition):
    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]


class PublicFile(AbstractDocument):
    """A file for the public: a PDF, a recording, captions."""

    admin_form_fields = WagtailFile.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
