"""Dates, times and numbers as Indonesians type them, and as they are shown back.

Plain values in, plain values out. A text is at most `LONGEST` characters, each is looked at a fixed
number of times, and whatever cannot be read raises `Unreadable`, nothing else. Nothing is guessed
where two readings are possible: day stands before month always, and a weekday must be the date's.
"""

from __future__ import annotations

from .dates import DAY_WORDS as DAY_WORDS
from .dates import MONTH_WORDS as MONTH_WORDS
from .dates import MONTHS as MONTHS
from .dates import WEEKDAYS as WEEKDAYS
from .dates import read_date as read_date
from .dates import read_days as read_days
from .dates import say_date as say_date
from .dates import say_day as say_day
from .moments import moment_of as moment_of
from .moments import read_moment as read_moment
from .moments import read_serial as read_serial
from .moments import read_when as read_when
from .moments import say_moment as say_moment
from .numbers import read_number as read_number
from .numbers import read_whole as read_whole
from .numbers import say_number as say_number
from .text import LONGEST as LONGEST
from .text import Unreadable as Unreadable
from .times import Clock as Clock
from .times import Times as Times
from .times import read_clock as read_clock
from .times import read_end as read_end
from .times import read_time as read_time
from .times import read_times as read_times
from .times import say_time as say_time
