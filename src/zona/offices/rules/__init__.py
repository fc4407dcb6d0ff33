"""The law and the arithmetic of offices, as pure functions over plain values."""

from .calendar import (
    Calendar,
    ClosedSpan,
    DayHours,
    NoWorkingDay,
    OpeningState,
    Reason,
    WeekHours,
    add_working_days,
    is_working_day,
    next_opening,
    opening_state,
    working_days_between,
)
from .regions import OfficeNames, Region, RegionError, check_regions, name_office, zone_of

__all__ = [
    "Calendar",
    "ClosedSpan",
    "DayHours",
    "NoWorkingDay",
    "OfficeNames",
    "OpeningState",
    "Reason",
    "Region",
    "RegionError",
    "WeekHours",
    "add_working_days",
    "check_regions",
    "is_working_day",
    "name_office",
    "next_opening",
    "opening_state",
    "working_days_between",
    "zone_of",
]
