"""Public files: pictures and logos from the media folder, and documents."""

from __future__ import annotations

import posixpath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served

from zona.media.ranges import ranged_response

from .models import PublicFile

# Documents are absent: `show_document` serves them, after looking at who may read them.
PUBLIC_FOLDERS = {"images", "original_images", "logos"}
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
    """One file. Names are never used twice with other content, so it may be kept for a year."""
    if posixpath.normpath(name) != name or name.split("/", 1)[0] not in PUBLIC_FOLDERS:
        raise Http404
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
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # Whatever a file claims to be, it runs nothing.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_safe
def show_document(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """A document, as Wagtail's own view serves it, but also in parts.

    Whether the person may read it is decided by Wagtail's hooks, which run as they do there.
    """
    document = get_object_or_404(PublicFile, pk=number)
    if document.filename != name:
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
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
