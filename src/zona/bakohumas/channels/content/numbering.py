"""Numbers of press releases: the next one in the pattern an office already writes. Pure."""

import re

YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
COUNT = re.compile(r"\d+")


def first_number(office_code: str, year: int) -> str:
    """What an office without any release begins with: `1/SP/3308/2026`."""
    return f"1/SP/{office_code.replace('.', '')}/{year}"


def next_number(last: str, year: int) -> str:
    """The number after `last`: its first figures counted up, from 1 again in another year.

    Leading zeros stay (`007` -> `008`). The year is the last one that the number names. "" when
    there is nothing to count in it.
    """
    years = list(YEAR.finditer(last))
    named = years[-1] if years else None
    if named:
        last = f"{last[: named.start()]}{year}{last[named.end() :]}"
    count = COUNT.search(last)
    if count is None or (named and count.start() == named.start()):
        return ""
    is_new_year = named is not None and int(named.group()) != year
    following = 1 if is_new_year else int(count.group()) + 1
    told = str(following).zfill(len(count.group()) if count.group().startswith("0") else 1)
    return f"{last[: count.start()]}{told}{last[count.end() :]}"
