"""The press release of an item: its number and contact, and the paper."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zona.offices.views.office import actor_of, breadcrumbs

from ..content import release
from ..models import PressRelease
from ..policies import get_item_for
from .forms import ReleaseForm


@require_http_methods(["GET", "POST"])
def edit_release(request: HttpRequest, code: str, page_id: int) -> HttpResponse:
    """Number, date and contact; the rest is the item itself."""
    user = actor_of(request)
    page = get_item_for(user, code, page_id)
    stored = PressRelease.objects.filter(page=page).first()
    initial = None if stored else release.proposal(page)
    form = ReleaseForm(request.POST or None, instance=stored, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            release.issue(actor=user, page=page, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. The PDF is ready to download."))
            return redirect(reverse("channels_staff:share", args=[code, page.pk]) + "#rilis")
    share = (reverse("channels_staff:share", args=[code, page.pk]), page.title)
    return TemplateResponse(
        request,
        "channels/office/form.html",
        {
            "header_title": _("Press release"),
            "header_icon": "doc-full",
            "breadcrumbs_items": breadcrumbs(
                (reverse("channels_staff:list", args=[code]), _("Channels")),
                share,
                ("", _("Press release")),
            ),
            "office": page.office,
            "form": form,
            "intro": page.title,
            "button": _("Save and make the PDF"),
        },
        status=422 if form.errors else 200,
    )


@require_safe
def download(request: HttpRequest, code: str, page_id: int) -> HttpResponse:
    """The paper, made anew from the item as it stands on the website."""
    page = get_item_for(actor_of(request), code, page_id)
    stored = get_object_or_404(PressRelease, page=page)
    name = slugify(f"siaran-pers-{stored.number}-{page.slug}")[:90]
    response = HttpResponse(release.make_pdf(page), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
