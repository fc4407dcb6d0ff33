"""How much of a file that people send is read; docs/files.md is the same as a table."""

from __future__ import annotations

MB = 1024 * 1024

# Of one file as it was sent.
AGENDA_BYTES = 2 * MB
REDIRECT_BYTES = 2 * MB
CAPTION_BYTES = 5 * MB
# Of a packed file once unpacked.
WORKBOOK_BYTES = 64 * MB
EXPORT_BYTES = 4 * 1024 * MB  # WXR in .gz; streamed, never held
FEED_BYTES = 20 * MB
ENTRY_BYTES = 32 * MB  # between two entries of an XML that is streamed: one entry in memory

ROWS = 20_000  # of one sheet or table, empty ones too
CELLS = 400_000  # of one workbook or table, empty ones too
COLUMNS = 200  # of one row
FILLED = 5_100  # rows with something in them
CELL_LENGTH = 5_000  # characters of one cell; what is longer is cut, and said
SHEETS = 40
ELEMENTS = 2_000_000  # tags in one part of a workbook
DEPTH = 60  # tags within tags
TAG_BYTES = 1 * MB  # of one tag with all it says
EVENTS = 2_000  # of one calendar, its repeats too
CALENDAR_DEPTH = 5  # components within components
LINE_LENGTH = 200_000  # characters of one line of a calendar once joined
CUES = 20_000  # of one file of captions
CAPTION_LINES = 100_000  # of one file of captions

# Of the process that reads.
SECONDS = 60
MEMORY = 768 * MB  # bytes of address space


class TooMuch(ValueError):
    """A file goes beyond a limit. `code` names it, `limit` and `found` say by how much."""

    def __init__(self, code: str, limit: int, found: int) -> None:
        super().__init__(f"{code}: {found} > {limit}")
        self.code, self.limit, self.found = code, limit, found


class Unreadable(ValueError):
    """A file is not what it should be. `code` says how, `detail` where."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


def check(code: str, limit: int, found: int) -> None:
    """Raise TooMuch when there is more than may be."""
    if found > limit:
        raise TooMuch(code, limit, found)
