"""The editor's form: what may be chosen is what belongs to the page's office."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

RESERVED_SLUGS = {"aksen", "cari", "rubrik", "topik", "jenis", "kantor", "akun", "en", "media"}


class OfficePageForm(WagtailAdminPageForm):
    """Narrows rubrics to the office of the place in the tree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office_id = self.instance.office_id or getattr(self.parent_page, "office_id", None)
        if "rubric" in self.fields:
            rubrics = self.fields["rubric"].queryset  # type: ignore[attr-defined]
            self.fields["rubric"].queryset = rubrics.filter(office_id=office_id)  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug = slugify(self.cleaned_data["slug"])
        if slug in RESERVED_SLUGS or slug.isdigit():
            self.add_error("slug", _("This short address is in use by Zona itself; add a word."))
        return slug
