"""What is wrong with a date, a time or a number, in words, with an example of how to write it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .rules import Unreadable


def explain(unreadable: Unreadable) -> str:
    """What is wrong, and how to mend it."""
    says = {
        "too_long": _("This is too long. Write a date as 24 November 2026, a time as 09.00."),
        "no_date": _("Write the day, such as 24 November 2026."),
        "no_year": _("Write the year too, with four figures, such as 24 November 2026."),
        "no_such_day": _("This day does not exist. Look at the day and the month."),
        "no_such_year": _("The year %(detail)s cannot be meant. Write such as 24 November 2026."),
        "no_month": _("“%(detail)s” is no month. Write such as 24 November 2026."),
        "no_weekday": _("“%(detail)s” is no day of the week. Mend it or leave it out."),
        "wrong_weekday": _("That day is a %(detail)s. Mend the day of the week or the date."),
        "month_first": _("There is no such month: the day comes first. Did you mean %(detail)s?"),
        "ends_before": _("The last day lies before the first day."),
        "no_date_form": _("Write the day as 24 November 2026 or 24/11/2026."),
        "no_time": _("Write the time as 09.00."),
        "no_time_form": _("Write the time as 09.00."),
        "time_missing": _("Write the time too, such as 24 November 2026, 09.00."),
        "two_times": _(
            "Beside the day stands the time %(detail)s, in the column another. Keep one."
        ),
        "one_digit_minute": _("Write the minutes with two figures, such as 09.30 or 09.03."),
        "no_such_time": _("This time does not exist. Write the time as 09.00."),
        "midnight": _("24.00 is 00.00 of the next day. Write 23.59, or 00.00 at the next day."),
        "part_of_day": _(
            "The hour does not fit “%(detail)s”. Write it with 24 hours, such as 21.15."
        ),
        "other_zone": _("Write the time by the clock of your office, without “%(detail)s”."),
        "no_number": _("Write a number, such as 1.234,5."),
        "no_number_form": _("Write the number as 1.234,5: a comma before the fraction."),
        "not_whole": _("Write a whole number, such as 1.234."),
    }
    return says[unreadable.code] % {"detail": unreadable.detail}
