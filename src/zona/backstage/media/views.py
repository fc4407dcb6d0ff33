"""What the public fetches: recordings, captions, stills, waveforms."""

from __future__ import annotations

from io import BytesIO
from typing import Any, BinaryIO

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from .access import is_public, may_fetch
from .models import Recording
from .processing.waveform import draw_waveform
from .ranges import ranged_response

# The address stays when the file is replaced, so others ask again after a while.
KEPT_BY_OTHERS = "public, max-age=3600"


@require_safe
def show(request: HttpRequest, uuid: str, what: str) -> HttpResponseBase:
    """The file of a recording, or one of its companions."""
    recording = get_object_or_404(Recording.objects.select_related("office"), uuid=uuid)
    is_open = is_public(recording)
    # The person is looked at only where it matters: a public answer depends on nobody.
    if not is_open and not may_fetch(request.user, recording):
        raise Http404
    if what in ("mp3", "mp4"):
        response = _show_file(request, recording, what)
    elif what == "jpg":
        response = _send_stored(request, recording.poster, "image/jpeg")
    elif what == "svg":
        response = _show_waveform(request, recording)
    else:
        response = _show_captions(request, recording, what.removesuffix("vtt").rstrip("."))
    if is_open:
        response["Cache-Control"] = KEPT_BY_OTHERS
        # Podcast players run on other sites.
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Access-Control-Allow-Origin"] = "*"
    else:
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
    # Whatever a file claims to be, it runs nothing.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _show_file(request: HttpRequest, recording: Recording, ending: str) -> HttpResponseBase:
    if ending != recording.extension:
        raise Http404
    return _send_stored(request, recording.file, recording.content_type)


def _send_stored(request: HttpRequest, stored: FieldFile, content_type: str) -> HttpResponseBase:
    name, storage = stored.name, stored.storage
    if not name:
        raise Http404
    try:
        file: Any = storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    size, modified = file.size, storage.get_modified_time(name).timestamp()
    return ranged_response(
        request,
        file,
        size=size,
        content_type=content_type,
        etag=quote_etag(f"{size:x}-{int(modified * 1000):x}"),
        modified=modified,
    )


def _show_captions(request: HttpRequest, recording: Recording, language: str) -> HttpResponseBase:
    found = recording.transcripts.filter(is_draft=False)
    transcript = (found.filter(language=language) if language else found).first()
    if transcript is None:
        raise Http404
    return _send_text(
        request, transcript.vtt, "text/vtt; charset=utf-8", transcript.edited_at.timestamp()
    )


def _show_waveform(request: HttpRequest, recording: Recording) -> HttpResponseBase:
    if not recording.waveform:
        raise Http404
    made_at = recording.finished_at or recording.created_at
    picture = draw_waveform(recording.waveform)
    return _send_text(request, picture, "image/svg+xml", made_at.timestamp())


def _send_text(
    request: HttpRequest, text: str, content_type: str, modified: float
) -> HttpResponseBase:
    data = text.encode()
    file: BinaryIO = BytesIO(data)
    return ranged_response(
        request,
        file,
        size=len(data),
        content_type=content_type,
        etag=quote_etag(f"{len(data):x}-{int(modified * 1000):x}"),
        modified=modified,
    )
