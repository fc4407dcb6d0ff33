"""Old addresses: how they are written down, which are worth a look, what they resemble."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from rapidfuzz import fuzz, process, utils

LONGEST = 500  # characters of an address
KEPT_MISSING = 500  # rows an office
LIKENESS = 75  # of 100; below it a guess would mislead more often than help

# By these the common systems (WordPress and older ones) name a page in the query.
TELLING = frozenset(
    ("p", "page_id", "attachment_id", "cat", "tag", "id", "option", "view", "itemid")
)
NOISE = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|_ga|amp|ref|source")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class BadAddress(ValueError):
    """The text is no address; `code` is one of empty, home, long, odd."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_address(text: str) -> str:
    """A pasted address or path as it is kept: `/2019/05/berita` or `/?p=12`.

    Host, fragment, trailing slash, case and the marks of advertisers do not tell pages apart.
    Raises BadAddress.
    """
    text = text.strip()
    if not text:
        raise BadAddress("empty")
    if CONTROL.search(text):
        raise BadAddress("odd")
    has_host = "://" in text or text.startswith("//")
    try:
        parts = urlsplit(text if has_host else "http://host/" + text.lstrip("/"))
    except ValueError as error:
        raise BadAddress("odd") from error
    if parts.scheme not in ("http", "https", ""):
        raise BadAddress("odd")
    found = join(clean_path(parts.path), clean_query(parts.query))
    if found == "/":
        raise BadAddress("home")
    if len(found) > LONGEST:
        raise BadAddress("long")
    return found


def clean_path(path: str) -> str:
    """One leading slash, none at the end, decoded, in lower case. Idempotent."""
    before = None
    text = path
    # An old address may have been encoded twice on its way here.
    for _round in range(3):
        before, text = text, unquote(text, errors="replace")
        if before == text:
            break
    text = unicodedata.normalize("NFC", CONTROL.sub("", text).replace("?", "").replace("#", ""))
    segments = [part for part in text.lower().split("/") if part.strip()]
    return "/" + "/".join(segments)


def clean_query(query: str, only: frozenset[str] | None = None) -> str:
    """Sorted `name=value` pairs; `only` narrows to those names."""
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=None)
    kept = sorted(
        (name.lower(), value.lower())
        for name, value in pairs
        if not NOISE.fullmatch(name.lower()) and (only is None or name.lower() in only)
    )
    text = "&".join(f"{name}={value}" if value else name for name, value in kept)
    return CONTROL.sub("", text.replace("#", ""))


def join(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def candidates(path: str, query: str) -> list[str]:
    """What to look for when an address is asked, the most exact first."""
    base = clean_path(path)
    found = [join(base, clean_query(query)), join(base, clean_query(query, TELLING)), base]
    return [text for text in dict.fromkeys(found) if text != "/" and len(text) <= LONGEST]


def names_page_in_query(path: str, query: str) -> bool:
    """Whether the home was asked for a page by number, as old systems do: `/?p=12`."""
    if clean_path(path) not in ("/", "/index.php"):
        return False
    return bool(clean_query(query, TELLING))


# --- addresses nobody could answer --------------------------------------------------------------

JUNK = re.compile(
    r"""
      \.(php\d?|aspx?|jsp|cgi|env|git|sql|bak|old|zip|gz|tgz|rar|ini|ya?ml|log|sh|exe|map)(/|$)
    | /(wp-(admin|login|includes|json|cron|config)|xmlrpc|cgi-bin|vendor|phpmyadmin|\.[\w-]+|boaform
       |actuator|solr|autodiscover|administrator|ecp|owa|hudson|telescope|_next|node_modules)(/|$|\.)
    | ^/(favicon|apple-touch-icon|browserconfig|robots\.txt|ads\.txt|sw\.js|null|undefined)
    | [<>"'{}|\\^`;]|\.\.|\$|%00|\bselect\b.*\bfrom\b
    """,
    re.VERBOSE,
)
FRIENDLY_PHP = re.compile(r"^(/[\w-]+)?/index\.php/")
PERSONAL = re.compile(r"@|\d{9,}|[0-9a-f]{24,}")


def is_worth_noting(path: str) -> bool:
    """Not a probe of robots, and nothing in it that may point to a person (mail, number, token)."""
    path = clean_path(path)
    if path == "/" or len(path) > LONGEST or PERSONAL.search(path):
        return False
    return not JUNK.search(FRIENDLY_PHP.sub("/", path))


def host_of(referrer: str) -> str:
    """The host alone of the page that led here; "" when there is none."""
    try:
        host = urlsplit(referrer.strip()).hostname or ""
    except ValueError:
        return ""
    return host if re.fullmatch(r"[a-z0-9.-]{1,253}", host) else ""


@dataclass(frozen=True)
class Seen:
    """One missing address: its key, how often and when last (seconds)."""

    key: int
    count: int
    last: float


def superfluous(rows: Iterable[Seen], limit: int = KEPT_MISSING) -> list[int]:
    """Keys of the rows to forget: neither among the newest nor among the most wanted half."""
    rows = list(rows)
    if len(rows) <= limit:
        return []
    newest = sorted(rows, key=lambda row: (-row.last, row.key))
    kept = {row.key for row in newest[: limit - limit // 2]}
    wanted = sorted(
        (row for row in rows if row.key not in kept), key=lambda row: (-row.count, -row.last)
    )
    kept |= {row.key for row in wanted[: limit // 2]}
    return [row.key for row in rows if row.key not in kept]


# --- a guess at what was meant ------------------------------------------------------------------

ENDING = re.compile(r"\.(html?|php|aspx?)$")
WORD = re.compile(r"[a-z]{3,}")


def words_of(path: str) -> str:
    """The words of the last telling part of an address; "" when it has none."""
    for part in reversed(clean_path(path).split("/")):
        text = utils.default_process(ENDING.sub("", part))
        if len(WORD.findall(text)) >= 2 or (len(text) >= 8 and WORD.search(text)):
            return str(text)
    return ""


def best_matches(paths: Iterable[str], slugs: Mapping[int, str]) -> Iterator[int | None]:
    """For each path the key of the slug it resembles most; None when none is near enough."""
    choices = {key: utils.default_process(slug) for key, slug in slugs.items()}
    for path in paths:
        words = words_of(path)
        found = (
            process.extractOne(words, choices, scorer=fuzz.token_sort_ratio, score_cutoff=LIKENESS)
            if words
            else None
        )
        yield found[2] if found else None
