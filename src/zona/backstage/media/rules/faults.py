"""Why a recording cannot be made ready. The sentences for people stand in `media/faults.py`."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    EMPTY = "empty"  # nothing in the file
    BROKEN = "broken"  # damaged, cut off, or not what it claims to be
    PROTECTED = "protected"  # locked against copying (DRM)
    NO_SOUND = "no_sound"
    NO_PICTURE = "no_picture"  # sound only, where a video was promised
    SILENT = "silent"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_SPACE = "no_space"  # the disk is full
    LOST = "lost"  # the original is gone
    DIED = "died"  # the work broke off again and again


class EngineFault(Exception):
    """The recording cannot be made ready, and trying again will not help."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
