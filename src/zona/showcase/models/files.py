"""Pictures and documents that the public may fetch."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailFile
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.utils.file import hash_filelike

from ..originals import clean_original


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

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    file_was_new = False

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
        super().save(*args, **kwargs)

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")


class PhotoRendition(AbstractRendition):
    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]


class PublicFile(AbstractDocument):
    """A file for the public: a PDF, a recording, captions."""

    admin_form_fields = WagtailFile.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
