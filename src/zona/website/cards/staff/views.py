"""The screen of the cards in the back office: see, choose the photo, download."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.images.widgets import AdminImageChooser

from zona.ground.drawing.drawing import Focus
from zona.offices.models import User
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.site.models import BasePage, Photo
from zona.website.site.pages.frame import absolute
from zona.website.site.policies import get_page_for

from .. import faces, store
from ..actions import choose_photo, set_focus
from ..policies import may_choose_photo, may_set_focus
from ..views import answer

PRIVATE = "private, no-store"
USES = {
    "1200x630": gettext_lazy("Links: WhatsApp, Facebook, X"),
    "1080x1080": gettext_lazy("Feed: Instagram, Facebook"),
    "1080x1920": gettext_lazy("Stories and status"),
}
THIRDS = (0.17, 0.5, 0.83)
ROWS = (pgettext_lazy("part of a photo", "top"), pgettext_lazy("part of a photo", "middle"),
        pgettext_lazy("part of a photo", "bottom"))  # fmt: skip
COLUMNS = (pgettext_lazy("part of a photo", "left"), pgettext_lazy("part of a photo", "centre"),
           pgettext_lazy("part of a photo", "right"))  # fmt: skip


def spots() -> list[tuple[str, str]]:
    """The nine parts of a photo, row by row: "<column><row>" and its name."""
    return [
        (f"{column}{row}", f"{ROWS[row]}, {COLUMNS[column]}")
        for row in range(3)
        for column in range(3)
    ]


class CardForm(forms.Form):
    """Photo and focus; a photo that is not the office's is refused by the action."""

    photo = forms.ModelChoiceField(
        Photo.objects.all(),
        required=False,
        label=gettext_lazy("Photo of the card"),
        help_text=gettext_lazy("When empty, the main photo of the page."),
        widget=AdminImageChooser,
    )
    focus = forms.ChoiceField(
        choices=spots,
        required=False,
        label=gettext_lazy("The part that must stay in sight"),
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "POST"])
def show_cards(request: HttpRequest, page_id: int) -> HttpResponse:
    """The three cards of a page as it is being written, with what may be changed on them."""
    actor = actor_of(request)
    page, draft = _page_for(actor, page_id)
    may_choose = may_choose_photo(actor, page)
    shown: Photo | None = draft.card_photo or draft.photo
    start = {"photo": draft.card_photo, "focus": _spot_of(faces.focus_of(shown)) if shown else ""}
    form = CardForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        _save(actor, page, draft, form.cleaned_data)
        messages.success(request, _("Saved. The cards below are new."))
        return redirect("cards_staff:cards", page_id=page.pk)
    face = faces.face_of(draft)
    title = _("Social media cards")
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return TemplateResponse(
        request,
        "cards/office.html",
        {
            "header_title": title,
            "header_icon": "image",
            "breadcrumbs_items": breadcrumbs(
                (edit_url, page.get_admin_display_title()), ("", title)
            ),
            "page": page,
            "form": form,
            "may_choose": may_choose,
            "may_focus": bool(may_choose and shown and may_set_focus(actor, shown)),
            "is_wanting": not shown,
            "version": face.version,
            "cards": [
                {"size": size, "use": USES[size], "width": width, "height": height}
                for size, (width, height) in faces.SIZES.items()
            ],
            "text": _text(request, page, draft),
        },
    )


@require_safe
def show_picture(request: HttpRequest, page_id: int, size: str) -> HttpResponse:
    """One card as PNG; `?unduh` hands it over as a file."""
    page, draft = _page_for(actor_of(request), page_id)
    if size not in faces.SIZES:
        raise Http404
    response = answer(_picture(page, draft, size), "png", PRIVATE)
    if "unduh" in request.GET:
        name = f"{_name(draft)}-{size}.png"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def download_all(request: HttpRequest, page_id: int) -> HttpResponse:
    """All cards and the text in one ZIP."""
    page, draft = _page_for(actor_of(request), page_id)
    out, name = io.BytesIO(), _name(draft)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for size in faces.SIZES:
            archive.writestr(f"{name}-{size}.png", _picture(page, draft, size))
        archive.writestr(f"{name}.txt", _text(request, page, draft))
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = PRIVATE
    return response


def _page_for(actor: User, page_id: int) -> tuple[BasePage, BasePage]:
    """The page and its newest draft. Raises Http404 or PermissionDenied."""
    page = get_page_for(actor, page_id)
    if page.office is None:
        raise Http404
    return page, page.specific.get_latest_revision_as_object()


def _picture(page: BasePage, draft: BasePage, size: str) -> bytes:
    """The public card where draft and page agree; else one drawn for this answer alone."""
    face = faces.face_of(draft)
    if page.live and face == faces.face_of(page):
        return store.find_or_make(page.pk, face, size, "png")
    return store.make(face, size, "png")


def _save(actor: User, page: BasePage, draft: BasePage, chosen: dict[str, Any]) -> None:
    photo = chosen["photo"]
    if photo != draft.card_photo:
        choose_photo(actor=actor, page_id=page.pk, photo=photo)
        return  # the focus in the form was that of the photo before
    shown = photo or draft.photo
    if shown and chosen["focus"] and chosen["focus"] != _spot_of(faces.focus_of(shown)):
        column, row = (THIRDS[int(digit)] for digit in chosen["focus"])
        set_focus(actor=actor, page_id=page.pk, photo=shown, focus=Focus(column, row))


def _spot_of(focus: Focus) -> str:
    return f"{min(int(focus.x * 3), 2)}{min(int(focus.y * 3), 2)}"


def _name(page: BasePage) -> str:
    return slugify(page.slug or page.title)[:60] or f"kartu-{page.pk}"


def _text(request: HttpRequest, page: BasePage, draft: BasePage) -> str:
    """Title, lead and address, ready to be pasted beside the picture."""
    url = page.get_url(request)
    return "\n\n".join(part for part in (draft.title, draft.lead, url and absolute(url)) if part)
