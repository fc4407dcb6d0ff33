"""One row of an agenda that comes from elsewhere, whatever file it stood in."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

MOST = 2_000  # rows


@dataclass
class Row:
    """What was read, what is wrong with it, and the cells as they stood in the file."""

    number: int  # line of the file, or place in the calendar
    cells: dict[str, str] = field(default_factory=dict)
    title: str = ""
    kind: str = ""  # code
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    is_all_day: bool = False
    mode: str = "onsite"
    place: str = ""
    online_url: str = ""
    people: str = ""
    host: str = "own"
    host_name: str = ""
    summary: str = ""
    visibility: str = ""  # "" as the person chooses for the whole file
    uid: str = ""
    series: str = ""
    is_cancelled: bool = False
    sheet: str = ""  # its name, where a file has several
    problems: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.problems

    def pack(self) -> dict[str, Any]:
        """Plain values, to travel through a form."""
        packed = asdict(self)
        for name in ("starts_at", "ends_at"):
            packed[name] = packed[name].isoformat() if packed[name] else None
        return packed

    @classmethod
    def unpack(cls, packed: dict[str, Any]) -> Row:
        row = cls(**packed)
        for name in ("starts_at", "ends_at"):
            if packed[name]:
                setattr(row, name, dt.datetime.fromisoformat(packed[name]))
        return row
