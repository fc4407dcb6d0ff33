"""What a text may be on each channel, and where its links lead. Pure: plain values only."""

import datetime as dt
from collections.abc import Callable

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # of short links: nothing that reads like another
CODE_LENGTH = 6


def compose(title: str, lead: str, fits: Callable[[str], bool], *, is_bold: bool = False) -> str:
    """Title and lead as one text; the lead shortened at a word, or left out, until it fits.

    `is_bold`: the title between asterisks, as WhatsApp shows it bold.
    """
    title, lead = " ".join(title.split()), " ".join(lead.split())
    head = f"*{title}*" if is_bold else title
    if lead and fits(f"{head}\n\n{lead}"):
        return f"{head}\n\n{lead}"
    words = lead.split()
    low, high = 0, len(words)  # the most words that fit, by halves
    while low < high:
        middle = (low + high + 1) // 2
        if fits(f"{head}\n\n{' '.join(words[:middle])} …"):
            low = middle
        else:
            high = middle - 1
    if low >= 4:  # fewer say nothing
        return f"{head}\n\n{' '.join(words[:low])} …"
    return head


def campaign(kind: str, day: dt.date) -> str:
    """`berita-202611`: what an item is, and the month in which it was published."""
    return f"{kind}-{day:%Y%m}"


def tagged(url: str, source: str, campaign: str) -> str:
    """The address with its origin, as statistics of all kinds read it."""
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}utm_source={source}&utm_medium=sosial&utm_campaign={campaign}"


# --- tries and rests ---

ATTEMPTS = 5
WAITS = (1, 5, 20, 60)  # minutes after each try
FAILURES = 5  # in a row, then a channel rests
FIRST_REST, LONGEST_REST = dt.timedelta(minutes=15), dt.timedelta(hours=6)


def wait_before(attempts: int) -> dt.timedelta:
    """How long after so many tries the next one follows."""
    return dt.timedelta(minutes=WAITS[min(max(attempts, 1), len(WAITS)) - 1])


def rest_after(failures: int) -> dt.timedelta | None:
    """How long a channel rests after so many failures in a row, each time twice as long."""
    if failures < FAILURES:
        return None
    return min(FIRST_REST * 2 ** min(failures - FAILURES, 10), LONGEST_REST)
