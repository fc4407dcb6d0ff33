"""Public files from the media folder: pictures, logos."""

from __future__ import annotations

import posixpath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

# Documents are absent: they are served by Wagtail's own view, which checks who may read them.
PUBLIC_FOLDERS = {"images", "original_images", "logos"}


def show_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file. Names are never used twice with other content, so it may be kept for a year."""
    if posixpath.normpath(name) != name or name.split("/", 1)[0] not in PUBLIC_FOLDERS:
        raise Http404
    try:
        file = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(file)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # Whatever a file claims to be, it runs nothing.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
