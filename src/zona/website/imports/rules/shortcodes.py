"""WordPress shortcodes: the known ones become HTML, of all others the words stay.

`[name a="b"]inside[/name]`, also without an end. `[[name]]` is an escaped, literal one.
"""

from __future__ import annotations

import base64
import contextlib
import html
import re
from collections.abc import Callable
from urllib.parse import unquote

from zona.ground.guard.numbers import read_number

from .pieces import Body

TAG = re.compile(
    r"""\[(?P<open>\[?)(?P<close>/?)(?P<name>[A-Za-z][\w-]{0,60})
        (?P<attributes>(?:[\s/](?:[^\[\]"']|"[^"\[]{0,4000}"|'[^'\[]{0,4000}'){0,4000})?)
        \](?P<end>\]?)""",
    re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|"([^"]*)"|(\S+)""")
# Page builders wrap everything; what they wrap is the text.
BUILDERS = re.compile(r"(vc_|et_pb_|elementor|fusion_|av_|fl_|siteorigin|kc_|tatsu_|cs_|mk_|x_)")
SPEAKING = ("title", "heading", "text", "content", "subtitle", "label", "button_text", "author")
MEDIA = ("mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "src")
DEEPEST = 60


def attributes_of(text: str) -> dict[str, str]:
    found = {}
    for number, match in enumerate(ATTRIBUTE.finditer(text)):
        name, *values = match.groups()
        value = next((value for value in values if value is not None), "")
        found[name.lower() if name else f"#{number}"] = html.unescape(value)
    return found


def expand(text: str, body: Body) -> str:
    """The text with every shortcode replaced; what was not understood is noted."""
    if "[" not in text:
        return text
    return _Expander(text, body).run()


class _Expander:
    def __init__(self, text: str, body: Body) -> None:
        self.text, self.body = text, body
        self.tags = list(TAG.finditer(text))
        self.ends = self._pair()

    def _pair(self) -> dict[int, int]:
        """Which tag (by its number) each opening tag ends at."""
        ends: dict[int, int] = {}
        waiting: dict[str, list[int]] = {}
        for number, tag in enumerate(self.tags):
            name = tag["name"].lower()
            if tag["close"]:
                if waiting.get(name):
                    ends[waiting[name].pop()] = number
            elif not tag["attributes"].rstrip().endswith("/"):
                waiting.setdefault(name, []).append(number)
        return ends

    def run(self) -> str:
        return self._part(0, len(self.text), 0, len(self.tags), 0)

    def _part(self, start: int, stop: int, number: int, last: int, depth: int) -> str:
        """The text from `start` to `stop`, in which the tags `number` to `last` lie."""
        out, at = [], start
        while number < last:
            tag = self.tags[number]
            if tag.start() < at:
                number += 1
                continue
            out.append(self.text[at : tag.start()])
            at, number = self._tag(tag, number, last, depth, out)
        out.append(self.text[at:stop])
        return "".join(out)

    def _tag(
        self, tag: re.Match[str], number: int, last: int, depth: int, out: list[str]
    ) -> tuple[int, int]:
        name, end = tag["name"].lower(), self.ends.get(number)
        if tag["open"] and tag["end"]:
            out.append(tag[0][1:-1])
            return tag.end(), number + 1
        inside, after, following = "", tag.end(), number + 1
        # A single bracket at an edge is text.
        before_text, after_text = tag["open"], tag["end"]
        if end is not None and end < last and depth < DEEPEST:
            closing = self.tags[end]
            inside = self._part(tag.end(), closing.start(), number + 1, end, depth + 1)
            after, following, after_text = closing.end(), end + 1, closing["end"]
        done = self._replace(tag, name, inside, end is not None)
        out.append(f"{before_text}{done}{after_text if end is not None else tag['end']}")
        return after, following

    def _replace(self, tag: re.Match[str], name: str, inside: str, has_end: bool) -> str:
        attributes = attributes_of(tag["attributes"])
        if name in KNOWN and not tag["close"]:
            return KNOWN[name](attributes, inside)
        is_builder = bool(BUILDERS.match(name))
        if not (is_builder or has_end or tag["close"] or "=" in tag["attributes"] or "_" in name
                or "-" in name):  # fmt: skip
            return tag[0]  # words in brackets: [sic], [1], [foto]
        if tag["close"]:
            if is_builder:
                return ""
            self.body.note("shortcode", name, tag[0])
            return tag[0]
        self.body.note("shortcode", name, inside or tag[0])
        if is_builder or has_end:
            return _words(name, attributes, inside)
        return html.escape(tag[0], quote=False)


def _words(name: str, attributes: dict[str, str], inside: str) -> str:
    """What a page builder's tag says: the text inside, and the attributes that are text."""
    if name.endswith("raw_html") and inside.strip():
        with contextlib.suppress(ValueError):  # else it was plain
            inside = unquote(base64.b64decode(inside.strip(), validate=True).decode())
    said = [attributes[key].strip() for key in SPEAKING if attributes.get(key, "").strip()]
    words = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in said)
    link = attributes.get("button_url") or attributes.get("url") or ""
    if link.startswith(("http://", "https://", "/")):
        words += _link(link)
    if image := attributes.get("image") or attributes.get("src") or "":
        if read_number(image) is not None:
            words += f'<zona-gallery ids="{image}"></zona-gallery>'
        elif image.startswith(("http", "/")):
            words += f'<img src="{html.escape(image)}">'
    return f"\n\n{words}{inside}\n\n"


def _link(url: str, words: str = "") -> str:
    shown = html.escape(words or url, quote=False)
    return f'<p><a href="{html.escape(url)}">{shown}</a></p>'


def _caption(attributes: dict[str, str], inside: str) -> str:
    """Old form: caption="…" around the picture; newer: the picture, then the words."""
    number = re.sub(r"\D", "", attributes.get("id", ""))
    words = attributes.get("caption") or re.sub(
        r"^\s*(<a\b[^>]*>\s*)?<img\b[^>]*>(\s*</a>)?", "", inside, count=1, flags=re.IGNORECASE
    )
    picture = re.match(r"\s*(<a\b[^>]*>\s*)?<img\b[^>]*>(\s*</a>)?", inside, re.IGNORECASE)
    if not picture:
        return f"\n\n{inside}\n\n{html.escape(attributes.get('caption', ''), quote=False)}\n\n"
    data = f' data-id="{number}"' if number else ""
    return f"\n\n<figure{data}>{picture[0]}<figcaption>{words}</figcaption></figure>\n\n"


def _gallery(attributes: dict[str, str], inside: str) -> str:
    ids = attributes.get("ids") or attributes.get("include") or "*"
    return f'\n\n<zona-gallery ids="{html.escape(ids)}"></zona-gallery>\n\n'


def _embed(attributes: dict[str, str], inside: str) -> str:
    url = inside.strip() or attributes.get("src", "")
    return f"\n\n{_link(url)}\n\n" if url else ""


def _media(attributes: dict[str, str], inside: str) -> str:
    urls = [attributes[key] for key in MEDIA if attributes.get(key)] or [
        value for key, value in attributes.items() if key.startswith("#") and "/" in value
    ]
    files = "".join(f'<zona-file href="{html.escape(url)}"></zona-file>' for url in urls[:1])
    return f"\n\n{files}{inside}\n\n"


KNOWN: dict[str, Callable[[dict[str, str], str], str]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "embed": _embed,
    "youtube": _embed,
    "audio": _media,
    "video": _media,
}
