"""Why a file was not read, in words that say how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .reader.limits import MB

SENTENCES: dict[str, str | Promise] = {
    "bytes": gettext_lazy(
        "The file is too large: %(found)s, and at most %(limit)s are read. Send it in parts."
    ),
    "unpacked": gettext_lazy(
        "Unpacked, the file would fill %(found)s; at most %(limit)s are read. Remove pictures and"
        " sheets that are not needed, or copy the table into a new file."
    ),
    "rows": gettext_lazy(
        "The table reaches down to row %(found)s, and at most %(limit)s rows are read. Delete the"
        " empty rows below the table, or copy only the table into a new file."
    ),
    "filled": gettext_lazy("The table has more than %(limit)s filled rows. Send it in parts."),
    "cells": gettext_lazy(
        "The file has more than %(limit)s cells, empty ones too. Copy only the table into a new"
        " file, without the empty rows and columns around it."
    ),
    "columns": gettext_lazy(
        "The table is %(found)s columns wide, and at most %(limit)s are read. Delete what stands"
        " to the right of the table."
    ),
    "sheets": gettext_lazy(
        "The workbook has %(found)s sheets, and at most %(limit)s are read. Send it in parts."
    ),
    "events": gettext_lazy(
        "The calendar has more than %(limit)s events, repeats counted. Export a shorter time."
    ),
    "seconds": gettext_lazy(
        "Reading took longer than %(limit)s seconds and was stopped. Copy only the table into a"
        " new file and send that."
    ),
    "memory": gettext_lazy(
        "The file needs more memory than a file may (%(limit)s). Copy only what is needed into a"
        " new file and send that."
    ),
    "entities": gettext_lazy(
        "The file declares XML entities, which may be dangerous and which no office program"
        " writes. Save it anew and send that."
    ),
    "old_workbook": gettext_lazy(
        "This is a workbook of an old Excel (.xls), or one with a password. Save it as .xlsx"
        " without a password and send that."
    ),
    "workbook": gettext_lazy("This is no XLSX workbook, or it is damaged. Save it anew."),
    "csv": gettext_lazy("This is no CSV table."),
    "text": gettext_lazy("This is no text file. Save the table as “CSV UTF-8” and send that."),
    "calendar": gettext_lazy("This is no calendar in the form ICS."),
    "cut": gettext_lazy("The file ends in the middle: it was not copied whole. Fetch it again."),
    "died": gettext_lazy(
        "Reading broke off several times. Save the file anew in its program and send that."
    ),
    "lost": gettext_lazy("The file is no longer there. Please send it again."),
}
STRANGE = gettext_lazy(
    "The file is built in a way that no office program writes. Save it anew in its program, or copy"
    " the table into a new file, and send that."
)
IN_BYTES = {"bytes", "unpacked", "memory"}


def explain(fault: Mapping[str, Any]) -> str:
    """The sentence for {"code", "limit", "found"}, in the language that is active."""
    code = str(fault.get("code", ""))
    values = {key: _amount(code, fault.get(key)) for key in ("limit", "found")}
    return str(SENTENCES.get(code, STRANGE)) % values


def _amount(code: str, number: object) -> str:
    if not isinstance(number, int):
        return "?"
    if code in IN_BYTES:
        return _("%(number)s MB") % {"number": number_format(-(-number // MB), force_grouping=True)}
    return number_format(number, force_grouping=True)


NOTES: dict[str, str | Promise] = {
    "coding": gettext_lazy(
        "The file does not say how its letters are written; they were read as %(detail)s. Look at"
        " quotation marks and dashes."
    ),
    "cell_cut": gettext_lazy("A cell in row %(detail)s was cut to 5,000 characters."),
    "other_sheet": gettext_lazy("The sheet “%(detail)s” was left out; only the first is read."),
    "hidden_sheet": gettext_lazy("The hidden sheet “%(detail)s” was left out."),
}


def say_note(code: str, detail: str) -> str:
    """What a reader guessed, cut or left out, as a sentence."""
    return str(NOTES[code]) % {"detail": detail}
