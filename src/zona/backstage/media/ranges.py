"""Parts of a file (RFC 9110, section 14), so that players can jump and downloads go on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

BLOCK = 64 * 1024  # bytes
ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII)


class UnsatisfiableRange(ValueError):
    """The part asked for lies beyond the end."""


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte asked for, both included; None to send everything.

    Several parts at once, other units and nonsense count as not asked, which the standard allows.
    Raises UnsatisfiableRange.
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if match is None:
        return None
    first, last = match.groups()
    if not first:
        if not last:
            return None
        length = int(last)
        if length == 0 or size == 0:
            raise UnsatisfiableRange
        return max(0, size - length), size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise UnsatisfiableRange
    return int(first), min(int(last), size - 1) if last else size - 1


def ranged_response(
    request: HttpRequest,
    file: BinaryIO,
    *,
    size: int,
    content_type: str,
    etag: str = "",
    modified: float | None = None,
) -> HttpResponseBase:
    """The file, or the part of it that the request asks for; closes the file when it is sent.

    `etag` with its quotes; `modified` in seconds since 1970. One of them is needed for If-Range.
    """
    headers = {"Accept-Ranges": "bytes", "Content-Type": content_type}
    if etag:
        headers["ETag"] = etag
    if modified is not None:
        headers["Last-Modified"] = http_date(modified)
    unchanged = get_conditional_response(
        request, etag or None, int(modified) if modified is not None else None
    )
    if unchanged is not None:
        file.close()
        for name, value in headers.items():
            if name != "Content-Type":
                unchanged.headers.setdefault(name, value)
        return unchanged
    try:
        part = _asked_part(request, size, etag, modified)
    except UnsatisfiableRange:
        file.close()
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        file.close()
        return HttpResponse(status=status, headers=headers)
    response = StreamingHttpResponse(
        read_part(file, first, last - first + 1), status=status, headers=headers
    )
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return response


def read_part(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    """`length` bytes from `start`, in blocks; fewer when the file ends before."""
    file.seek(start)
    while length > 0 and (block := file.read(min(BLOCK, length))):
        length -= len(block)
        yield block


def _asked_part(
    request: HttpRequest, size: int, etag: str, modified: float | None
) -> tuple[int, int] | None:
    header = request.headers.get("Range", "")
    if not header or request.method not in ("GET", "HEAD"):
        return None
    if (condition := request.headers.get("If-Range")) and not _is_same(condition, etag, modified):
        return None
    return parse_range(header, size)


def _is_same(condition: str, etag: str, modified: float | None) -> bool:
    """Whether the file is still the one of which the asker holds a part (RFC 9110, 13.1.5)."""
    condition = condition.strip()
    if condition.startswith('"'):
        return condition == etag
    if condition.startswith("W/") or modified is None:
        return False
    try:
        return parsedate_to_datetime(condition).timestamp() == int(modified)
    except (ValueError, TypeError):
        return False
