"""One entry of an old site as its export tells it, and what its words mean."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, unquote, urlsplit

GUID_LENGTH, SOURCE_ID_LENGTH = 255, 80
EARLIEST = 1990  # no site was there before
LIVE, DRAFT = {"publish"}, {"draft", "pending", "future"}
NO_RUBRIC = {"uncategorized", "tak-berkategori", "tanpa-kategori", "tidak-berkategori"}


@dataclass
class Term:
    """A category or tag of an item; `domain` is category, post_tag or another taxonomy."""

    domain: str
    slug: str
    name: str
    number: int = 0
    parent: str = ""


@dataclass
class Item:
    """All of one `<item>` that matters; texts as they stand in the file."""

    type: str = ""
    number: int = 0
    guid: str = ""
    link: str = ""
    title: str = ""
    content: str = ""
    excerpt: str = ""
    author: str = ""
    date: str = ""
    date_gmt: str = ""
    published: str = ""
    modified_gmt: str = ""
    status: str = ""
    slug: str = ""
    parent: int = 0
    thumbnail: int = 0
    url: str = ""  # the file of an attachment
    alt: str = ""
    password: bool = False
    comments: int = 0
    builder: bool = False
    terms: list[Term] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    def digest(self) -> str:
        """Changes when the source changed what comes over."""
        told = asdict(self) | {"comments": 0, "builder": False}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    def to_json_without_text(self) -> str:
        return json.dumps(asdict(self) | {"content": "", "excerpt": "", "terms": []})

    @classmethod
    def from_json(cls, text: str) -> Item:
        data = json.loads(text)
        terms = [Term(**row) for row in data.pop("terms")]
        return cls(**data, terms=terms)


def key_of(item: Item) -> str:
    """By what a second run finds it again: its GUID, else its number or link."""
    guid = item.guid.strip() or (f"post:{item.number}" if item.number else item.link.strip())
    if not guid:
        told = f"{item.title}\n{item.date}\n{item.content}"
        guid = f"text:{hashlib.sha256(told.encode()).hexdigest()[:32]}"
    return fit(guid, GUID_LENGTH)


def fit(text: str, length: int) -> str:
    """The text, or its beginning with a hash when it is too long: still one of a kind."""
    if len(text) <= length:
        return text
    mark = hashlib.sha256(text.encode()).hexdigest()[:24]
    return f"{text[: length - 25]}#{mark}"


def moment_of(item: Item, zone: dt.tzinfo) -> dt.datetime | None:
    """When it was published: universal time first, then the office's; None when not told."""
    for text, told_in in ((item.date_gmt, dt.UTC), (item.date, zone)):
        if moment := parse_moment(text, told_in):
            return moment
    return parse_moment(item.published, dt.UTC)


def parse_moment(text: str, zone: dt.tzinfo) -> dt.datetime | None:
    """`2019-05-07 08:30:00`, ISO or mail form; zeros, nonsense and impossible years are None."""
    text = text.strip()
    if not text or text.startswith("0000"):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    if not EARLIEST <= moment.year <= 2100:
        return None
    return moment


def rubric_of(item: Item) -> Term | None:
    """The first category that says something."""
    return next(
        (term for term in item.terms if term.domain == "category" and term.slug not in NO_RUBRIC),
        None,
    )


def topics_of(item: Item) -> list[str]:
    """Names of tags and of all further categories, each once."""
    first = rubric_of(item)
    names = [
        " ".join(term.name.split())
        for term in item.terms
        if term.domain in ("post_tag", "category")
        and term is not first
        and term.slug not in NO_RUBRIC
    ]
    return [name for name in dict.fromkeys(names) if name][:20]


# --- addresses ----------------------------------------------------------------------------------

SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{2,5}$)")
UPLOADS = re.compile(r"/(?:wp-content/)?(?:uploads|files)/(.+)$", re.IGNORECASE)


def host_of(url: str) -> str:
    """The host without www; "" for a path."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def file_key(url: str) -> str:
    """One key for all addresses of the same file: host and path, without scheme and query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = unquote(parts.path)
    return f"{host_of(url)}{path}" if path.strip("/") else ""


def originals(url: str) -> list[str]:
    """The addresses at which the picture may lie in full size, likeliest first."""
    bare = url.split("?")[0].split("#")[0]
    full = SIZE.sub("", bare)
    stem, dot, ending = full.rpartition(".")
    scaled = [f"{stem}-scaled.{ending}"] if dot and not stem.endswith("-scaled") else []
    return list(dict.fromkeys([full, *scaled, bare]))


def path_in_uploads(url: str) -> str:
    """Where the file lies below the folder `uploads`; "" when it does not. Never leads out."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    found = UPLOADS.search(path)
    inner = found[1] if found else path.lstrip("/")
    parts = [part for part in inner.split("/") if part not in ("", ".")]
    bad = any(part == ".." or "\\" in part or "\0" in part for part in parts)
    return "" if bad else "/".join(parts)


def old_addresses(item: Item) -> list[str]:
    """All addresses under which the old site showed it."""
    found = [item.link] if item.link else []
    if item.guid.startswith(("http://", "https://")):
        found.append(item.guid)
    if item.number:
        found.append(f"/?p={item.number}")
        if item.type == "page":
            found.append(f"/?page_id={item.number}")
        if item.type == "attachment":
            found.append(f"/?attachment_id={item.number}")
    return [url for url in dict.fromkeys(found) if is_own_address(url)]


def is_own_address(url: str) -> bool:
    """Not the bare home: a path, or a query that names a page."""
    try:
        parts = urlsplit(url)
        return bool(parts.path.strip("/") or parse_qsl(parts.query))
    except ValueError:
        return False
