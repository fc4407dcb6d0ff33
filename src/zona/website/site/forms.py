"""The editor's form: what may be chosen is what belongs to the page's office."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from zona.ground.house import gather


@cache
def reserved_words() -> frozenset[str]:
    """First words of the rooms' own addresses, which no page may take."""
    return frozenset(gather("reserved"))


class OfficePageForm(WagtailAdminPageForm):
    """Narrows rubrics to the office of the place in the tree, and all that may be named to it.

    The choosers offer no page, photo or document of another office; a form sent by hand could name
    one all the same, and the editor would then show its title.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office_id = self.instance.office_id or getattr(self.parent_page, "office_id", None)
        # An empty short address is made from the title when the page is saved.
        self.fields["slug"].required = False
        if "rubric" in self.fields:
            rubrics = self.fields["rubric"].queryset  # type: ignore[attr-defined]
            self.fields["rubric"].queryset = rubrics.filter(office_id=office_id)  # type: ignore[attr-defined]
        if "recording" in self.fields:
            recordings = self.fields["recording"].queryset  # type: ignore[attr-defined]
            self.fields["recording"].queryset = recordings.filter(office_id=office_id)  # type: ignore[attr-defined]
            wanted = self.instance._meta.get_field("recording").get_limit_choices_to()
            self.fields["recording"].widget.kind = wanted["kind"]  # type: ignore[attr-defined]
        if self.is_bound:
            from zona.backstage.rights.isolation import references_of

            self.named_before = references_of(self.instance)

    def is_valid(self) -> bool:
        from zona.backstage.rights.isolation import are_visible, references_of

        if not super().is_valid():
            return False
        named = references_of(self.instance)
        for formset in self.formsets.values():
            named |= references_of(*(form.instance for form in formset.forms))
        if self.for_user and not are_visible(self.for_user, named - self.named_before):
            raise PermissionDenied  # to show the form again would show what was asked for
        return True

    def clean(self) -> dict[str, Any]:
        """What only the public needs may still be missing from a draft; the page is told."""
        self.instance.is_being_drafted = self.is_deferred_validation
        return super().clean()  # type: ignore[no-any-return]

    def clean_slug(self) -> str:
        slug = slugify(self.cleaned_data["slug"])
        if not slug:
            made = slugify(self.cleaned_data.get("title", ""))
            return f"{made}-kabar" if _is_reserved(made) else ""
        if self.instance.first_published_at is None and self.parent_page:
            siblings = self.parent_page.get_children().exclude(pk=self.instance.pk)
            taken = set(siblings.values_list("slug", flat=True))
            slug = _first_free(slug, taken)
        if _is_reserved(slug):
            self.add_error("slug", _("This short address is in use by Zona itself; add a word."))
        return slug


def _first_free(slug: str, taken: set[str]) -> str:
    """Two items may share a title: the second one's address gets a number."""
    found, number = slug, 2
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found


def _is_reserved(slug: str) -> bool:
    """Whether an address of Zona's own, or a year, would hide the page."""
    return slug in reserved_words() or slug.isdigit()
