"""Public files: pictures and logos from the media folder, and documents."""

from __future__ import annotations

import posixpath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served

from zona.backstage.media.ranges import ranged_response

from ..models import Photo, PublicFile
from .exposure import is_granted, is_public, may_fetch

LOGOS = "logos"  # of offices, on every page
PICTURES = {"images": "renditions__file", "original_images": "file"}  # folder: field of the name
# Documents are absent: `show_document` serves them.
KEPT_BY_OTHERS = "public, max-age=3600"
KEPT_BY_NOBODY = "private, no-store"
CONTENT_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


@require_safe
def show_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One picture: for everybody while a live page uses it, else for staff who may choose it."""
    folder = name.split("/", 1)[0]
    if posixpath.normpath(name) != name or folder not in {LOGOS, *PICTURES}:
        raise Http404
    is_open = folder == LOGOS or _is_open_picture(request, name, PICTURES[folder])
    try:
        file: Any = default_storage.open(name)
        size = default_storage.size(name)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as error:
        raise Http404 from error
    ending = name.rpartition(".")[2].lower()
    response = ranged_response(
        request,
        file,
        size=size,
        content_type=CONTENT_TYPES.get(ending, "application/octet-stream"),
        modified=default_storage.get_modified_time(name).timestamp(),
    )
    _say_who_keeps(response, is_open)
    # Whatever a file claims to be, it runs nothing.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _is_open_picture(request: HttpRequest, name: str, field: str) -> bool:
    """Whether anybody may have it; the one who asks is looked at only where it matters.

    Raises Http404 for what this person must not see.
    """
    photo = get_object_or_404(Photo, **{field: name})
    if is_public(photo):
        return True
    if may_fetch(request.user, photo) or is_granted(request, photo):
        return False
    raise Http404


def _say_who_keeps(response: HttpResponseBase, is_open: bool) -> None:
    response["Cache-Control"] = KEPT_BY_OTHERS if is_open else KEPT_BY_NOBODY
    if not is_open:
        patch_vary_headers(response, ["Cookie"])


@require_safe
def show_document(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """A document, as Wagtail's own view serves it, but also in parts.

    For everybody while a live page uses it, else for staff who may choose it. Wagtail's hooks,
    which keep private collections, run as they do there.
    """
    document = get_object_or_404(PublicFile, pk=number)
    if document.filename != name:
        raise Http404
    is_open = is_public(document)
    if not is_open and not may_fetch(request.user, document):
        raise Http404
    for hook in hooks.get_hooks("before_serve_document"):
        if isinstance(answer := hook(document, request), HttpResponseBase):
            return answer
    document_served.send(sender=PublicFile, instance=document, request=request)
    try:
        file: Any = document.file.storage.open(document.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = ranged_response(
        request,
        file,
        size=document.file.size,
        content_type=document.content_type,
        etag=quote_etag(document.get_file_hash()),
    )
    is_attachment = document.content_disposition != "inline"
    response["Content-Disposition"] = content_disposition_header(is_attachment, name)
    _say_who_keeps(response, is_open)
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
