"""The form of a picture: who is seen, who agreed, whose it is. A routine picture needs no click."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from ..models.files import Consent, People, Photo, Rights
from ..rules.pages import PictureCaution, cautions_for
from .originals import BrokenPicture, clean_original

# What holds for most pictures of an office: people at its events, taken by itself.
USUAL = {"people": People.CROWD, "consent": Consent.NOT_NEEDED, "rights": Rights.OWN}
WORDS = {
    PictureCaution.CHILD: _(
        "Children can be recognised: keep a parent's or guardian's consent in writing before you"
        " publish it, or choose another picture."
    ),
    PictureCaution.NOT_ASKED: _(
        "Somebody is singled out who was not asked yet. Ask before you publish it."
    ),
    PictureCaution.LICENCE: _("Say under which licence the picture may be shown."),
}

BROKEN = _(
    "This picture cannot be read to its end. It may have been cut off on the way: open it on your"
    " device, save it again as JPG or PNG and choose it once more."
)


def cautions_of(photo: Photo) -> list[str]:
    """Warnings about one picture, in the language of the request."""
    found = cautions_for(
        people=photo.people,
        consent=photo.consent,
        has_children=photo.has_children,
        rights=photo.rights,
        rights_note=photo.rights_note,
    )
    return [str(WORDS[caution]) for caution in found]


class PictureField(WagtailImageField):
    """Reads a picture to its end first: Wagtail's own checks break over a file that is cut off."""

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        if file is None:
            return None
        try:
            clean_original(file)
        except BrokenPicture as error:
            raise ValidationError(BROKEN, code="invalid_image") from error
        file.seek(0)
        return super().to_python(data)


class PhotoForm(BaseImageForm):
    """Fills in what is usual where nobody has said anything, and warns where care is due."""

    file = PictureField(label=_("File"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, usual in USUAL.items():
            field = self.fields.get(name)
            if field is None:
                continue
            # "Nobody has said" is for older pictures; a person who fills in the form says it.
            field.choices = [row for row in field.choices if row[0]]  # type: ignore[attr-defined]
            if not getattr(self.instance, name):
                self.initial[name] = usual
        if self.instance.pk and "consent" in self.fields:
            warned = " ".join(cautions_of(self.instance))
            if warned:
                self.fields["consent"].help_text = warned
