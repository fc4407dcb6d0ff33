"""Reading goes on when nothing can be written any more; what wants to write is told so.

Each database has words of its own for a full or read-only disk; here is the one place that knows.
"""

from __future__ import annotations

import errno
import logging
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.defaults import server_error

from zona.serving.front.refusals import NO_ROOM, refusal_page

NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
# DiskFull and ReadOnlySqlTransaction (PostgreSQL, appendix A), of a standby or a stopped server.
STATES = {"53100", "25006"}
# SQLITE_FULL, SQLITE_READONLY, and SQLITE_IOERR of a journal that cannot grow.
WORDS = ("disk is full", "readonly database", "disk i/o error")
PAUSE = 15.0  # seconds until work that found no room is tried again

logger = logging.getLogger(__name__)


def is_no_room(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, says that nothing can be written."""
    return any(_says_no_room(one) for one in _origins(error))


def _says_no_room(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in NUMBERS
    if getattr(error, "sqlstate", None) in STATES:
        return True
    is_of_database = type(error).__name__ in ("OperationalError", "DatabaseError")
    return is_of_database and any(word in str(error).lower() for word in WORDS)


def _origins(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def answer_failure(request: HttpRequest, template_name: str = "500.html") -> HttpResponse:
    """Django's handler of errors: 507 with what to do when there is no room, else 500."""
    if is_no_room(sys.exc_info()[1]):
        language = "en" if get_language() == "en" else "id"
        return HttpResponse(refusal_page(NO_ROOM, language), status=NO_ROOM)
    return server_error(request, template_name)


def keep_working(work: Callable[[], Any]) -> None:
    """Do `work` to its end, beginning again after a pause while there is no room.

    A worker that died of a full disk would be started and die again, all day.
    """
    from django.db import connections

    while True:
        try:
            work()
        except Exception as error:
            if not is_no_room(error):
                raise
            logger.error("Ruang disk habis; menunggu sampai ada ruang lagi: %s", error)
            connections.close_all()
            time.sleep(PAUSE)
        else:
            return


class PatientFileCache(FileBasedCache):
    """Files that all processes of a machine share; what cannot be written is not kept.

    A value that could not be replaced is removed, so that nobody reads the old one.
    """

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> None:
        try:
            super().set(key, value, *args, **options)
        except OSError:
            self._forget(key, options.get("version"))

    def add(self, key: Any, value: Any, *args: Any, **options: Any) -> bool:
        """False as well when it could not be kept."""
        try:
            if self.has_key(key, options.get("version")):
                return False
            super().set(key, value, *args, **options)
        except OSError:
            return False
        return True

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except OSError:
            return default

    def touch(self, *args: Any, **options: Any) -> bool:
        try:
            return super().touch(*args, **options)
        except OSError:
            return False

    def _forget(self, key: Any, version: int | None) -> None:
        try:
            self.delete(key, version)
        except OSError:
            logger.warning("The cache can be neither written nor emptied")
