"""HTML of old sites into pieces of a body.

Two ways to write paragraphs are understood: tags, and empty lines as in WordPress's classic editor.
Wrappers (columns, groups, page builders) are passed through. Nothing is lost: what has no piece of
its own stays as text or link, and is noted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from bs4 import BeautifulSoup, NavigableString, Tag

from zona.ground.guard.numbers import read_number

from . import gutenberg, inline, shortcodes
from .bounds import close_gaps, is_broken
from .pieces import Body, Piece
from .tables import read_table

HEADING, CAPTION, SPEAKER, FILE_TITLE = 120, 250, 160, 160  # characters that a piece holds
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
EMPTY = re.compile(r"(?:<br/>|\s|<b></b>|<i></i>)++")
PARAGRAPH_END = re.compile(r"[ \t]*\r?\n(?:[ \t]*\r?\n)+")
FORMS = {"form", "input", "button", "select", "textarea", "option", "fieldset", "legend"}
PASSED = {
    "div", "section", "article", "aside", "header", "footer", "main", "nav", "center", "address",
    "details", "summary", "dl", "dd", "dt", "figcaption", "body", "html", "tbody", "thead", "tr",
    "td", "th", "picture", "ul", "ol", "li", "hgroup", "menu", "dir", "caption",
}  # fmt: skip
WIDGETS = re.compile(r"elementor-(widget|element)|wp-block-(latest|rss|calendar|search|archives)")


def read_body(text: str, reusable: Callable[[int], str | None] = lambda number: None) -> Body:
    """A post's content as pieces. Never raises: what cannot be walked becomes plain text."""
    body = Body()
    is_classic = "<!-- wp:" not in text
    text = gutenberg.strip_comments(close_gaps(text), body, reusable)
    text = shortcodes.expand(text.replace("\r\n", "\n"), body)
    if is_broken(text):
        return _words_alone(text, body)
    soup = BeautifulSoup(text, "html.parser")
    walker = Walker(body, is_classic)
    try:
        walker.walk(soup.children)  # type: ignore[arg-type]
        walker.flush()
    except RecursionError:
        return _words_alone(text, body)
    return body


def _words_alone(text: str, body: Body) -> Body:
    body.pieces.clear()
    body.note("markup", "nested", text)
    plain = html.escape(re.sub(r"<[^<>]{0,2000}>", " ", text), quote=False)
    body.pieces.append(Piece("text", {"html": f"<p>{' '.join(plain.split())}</p>"}))
    return body


def _trim(text: str) -> str:
    """Without empty lines and blanks at both ends."""
    text = text.strip()
    while text.startswith("<br/>"):
        text = text.removeprefix("<br/>").lstrip()
    while text.endswith("<br/>"):
        text = text.removesuffix("<br/>").rstrip()
    return text


class Walker:
    """Goes through the tree; inline words gather in a paragraph until something ends it."""

    def __init__(self, body: Body, is_classic: bool) -> None:
        self.body, self.is_classic = body, is_classic
        self.words: list[str] = []

    def walk(self, nodes: Iterable[Tag | NavigableString], breaks: bool | None = None) -> None:
        breaks = self.is_classic if breaks is None else breaks
        for node in list(nodes):
            if isinstance(node, NavigableString):
                self.take_text(node, breaks)
            elif node.name in inline.INLINE and not _holds_block(node):
                self.words.append(inline.render(node, self.body, breaks))
            else:
                self.take_tag(node, breaks)

    def take_text(self, node: NavigableString, breaks: bool) -> None:
        if type(node) is not NavigableString:
            return  # comments and declarations were never shown
        parts = PARAGRAPH_END.split(str(node)) if breaks else [str(node)]
        for number, part in enumerate(parts):
            if number:
                self.flush()
            text = inline.text_of(part, breaks)
            self.words.append(text)

    def take_tag(self, tag: Tag, breaks: bool) -> None:
        name = tag.name.lower()
        if name in inline.DROPPED:
            inline.drop(tag, self.body)
        elif name in TAKERS:
            TAKERS[name](self, tag)
        elif name in inline.INLINE:
            self._take_wrapping_inline(tag, breaks)
        elif name == "p":
            self.flush()
            self.walk(tag.children, breaks=False)  # type: ignore[arg-type]
            self.flush()
        else:
            if name in FORMS:
                self.body.note("form", name, tag.get_text(" "))
            elif name not in PASSED:
                self.body.note("markup", name, tag.get_text(" "))
            elif WIDGETS.search(" ".join(tag.get("class") or [])) and not tag.get_text(strip=True):
                self.body.note("block", str(tag.get("data-widget_type") or name), str(tag))
            self.flush()
            self.walk(tag.children, breaks)  # type: ignore[arg-type]
            self.flush()

    def _take_wrapping_inline(self, tag: Tag, breaks: bool) -> None:
        """A link or bold around pictures or whole blocks: the blocks stand alone."""
        pictures = tag.find_all("img")
        if tag.name == "a" and pictures and not tag.get_text(strip=True):
            for picture in pictures:
                self.take_photo(picture, href=str(tag.get("href") or ""))
        else:
            self.walk(tag.children, breaks)  # type: ignore[arg-type]
            if tag.name == "a" and (href := inline.clean_href(str(tag.get("href") or ""))):
                self.flush()
                self.add_text(_link(href))

    def flush(self) -> None:
        """End the paragraph."""
        text, self.words = "".join(self.words), []
        text = _trim(text)
        text = re.sub(r"(<br/>\s*){3,}", "<br/><br/>", text)
        if text and not EMPTY.fullmatch(text):
            self.add_text(f"<p>{text}</p>")

    def add_text(self, text: str) -> None:
        """Neighbouring paragraphs and lists are one text, as an editor would write them."""
        if self.body.pieces and self.body.pieces[-1].kind == "text":
            self.body.pieces[-1].value["html"] += text
        else:
            self.body.pieces.append(Piece("text", {"html": text}))

    # --- what has a piece of its own ---

    def take_heading(self, tag: Tag) -> None:
        self.flush()
        for picture in tag.find_all("img"):
            self.take_photo(picture)
        text = " ".join(tag.get_text(" ").split())
        if len(text) > HEADING:
            self.add_text(f"<p><b>{html.escape(text, quote=False)}</b></p>")
        elif text:
            self.body.pieces.append(Piece("heading", {"text": text}))

    def take_list(self, tag: Tag) -> None:
        self.flush()
        if tag.find(["img", "table", "figure", "iframe", "blockquote"]):
            self.walk(tag.children, breaks=False)  # type: ignore[arg-type]
            self.flush()
        elif items := self._items(tag):
            self.add_text(f"<{tag.name}>{items}</{tag.name}>")

    def _items(self, tag: Tag) -> str:
        out = []
        for child in tag.find_all("li", recursive=False):
            words, below = [], []
            for node in child.children:
                if isinstance(node, Tag) and node.name in ("ul", "ol"):
                    if inside := self._items(node):
                        below.append(f"<{node.name}>{inside}</{node.name}>")
                elif isinstance(node, Tag) and node.name not in inline.INLINE:
                    inner = Walker(Body([], self.body.notes), is_classic=False)
                    inner.walk([node])
                    inner.flush()
                    words.append(_as_line(inner.body))
                else:
                    words.append(inline.render(node, self.body))  # type: ignore[arg-type]
            text = _trim("".join(words))
            if text or below:
                out.append(f"<li>{text}{''.join(below)}</li>")
        return "".join(out)

    def take_quote(self, tag: Tag) -> None:
        self.flush()
        source = tag.find(["cite", "footer"])
        speaker = " ".join(source.get_text(" ").split()).lstrip("—–- ") if source else ""
        if source and 0 < len(speaker) <= SPEAKER and not tag.find(["img", "table", "ul", "ol"]):
            source.extract()
            text = "\n".join(
                " ".join(line.split()) for line in tag.get_text("\n").splitlines() if line.strip()
            )
            if text:
                self.body.pieces.append(Piece("quote", {"text": text, "speaker": speaker}))
                return
        inner = Walker(Body([], self.body.notes), self.is_classic)
        inner.walk(tag.children)  # type: ignore[arg-type]
        inner.flush()
        for piece in inner.body.pieces:
            if piece.kind == "text":  # a quote whose speaker is not named: set in italics
                text = re.sub(r"</?i>", "", piece.value["html"])
                self.add_text(re.sub(r"<p>(.*?)</p>", r"<p><i>\1</i></p>", text, flags=re.DOTALL))
            else:
                self.body.pieces.append(piece)

    def take_pre(self, tag: Tag) -> None:
        self.flush()
        lines = html.escape(tag.get_text().strip("\n"), quote=False).splitlines()
        if any(line.strip() for line in lines):
            self.add_text(f"<p>{'<br/>'.join(lines)}</p>")

    def take_table(self, tag: Tag) -> None:
        self.flush()
        table = read_table(tag, self.body)
        if table is None:  # a table only to place things
            self.walk(tag.children, breaks=False)  # type: ignore[arg-type]
            self.flush()
        elif table["rows"] or table["head"]:
            self.body.pieces.append(Piece("table", table))

    def take_photo(self, tag: Tag, caption: str = "", href: str = "", number: str = "") -> None:
        self.flush()
        found = re.search(r"wp-image-(\d+)", " ".join(tag.get("class") or []))
        number = found[1] if found else number
        source = str(tag.get("data-src") or tag.get("data-lazy-src") or tag.get("src") or "")
        if source.startswith("data:") or not (source or number):
            self.body.note("removed", "img", str(tag.get("alt") or source))
            return
        self._add_photo(source, number, str(tag.get("alt") or ""), caption, href)

    def _add_photo(self, source: str, number: str, alt: str, caption: str, href: str) -> None:
        value = {
            "src": inline.clean_href(source),
            "id": read_number(number),
            "alt": " ".join(alt.split()),
            "caption": _cut(caption, CAPTION),
            "href": inline.clean_href(href),
        }
        self.body.pieces.append(Piece("photo", value))
        if len(caption) > CAPTION:
            self.add_text(f"<p>{html.escape(caption, quote=False)}</p>")

    def take_figure(self, tag: Tag) -> None:
        self.flush()
        nested = [inner for inner in tag.find_all("figure") if inner.find("img")]
        caption_tag = tag.find("figcaption", recursive=False) or tag.find("figcaption")
        caption = " ".join(caption_tag.get_text(" ").split()) if caption_tag else ""
        pictures = tag.find_all("img")
        if nested or not pictures or tag.find(["table", "blockquote", "video", "audio", "iframe"]):
            classes = " ".join(tag.get("class") or [])
            if "wp-block-embed" in classes and not tag.find("iframe"):
                self._take_embed(tag, caption_tag)
                return
            self.walk(tag.children, breaks=False)  # type: ignore[arg-type]
            self.flush()
            return
        for position, picture in enumerate(pictures):
            link = picture.find_parent("a")
            href = str(link.get("href") or "") if link else ""
            number = str(tag.get("data-id") or "") if position == 0 else ""
            self.take_photo(picture, caption if position == 0 else "", href, number)

    def _take_embed(self, tag: Tag, caption_tag: Tag | None) -> None:
        if caption_tag:
            caption_tag.extract()
        url = inline.clean_href(tag.get_text().strip())
        if url.startswith("http"):
            self.body.note("embed", "embed", url)
            self.add_text(_link(url))
        else:
            self.walk(tag.children, breaks=False)  # type: ignore[arg-type]
        if caption_tag:
            self.flush()
            self.words.append(inline.render(caption_tag, self.body))
        self.flush()

    def take_gallery(self, tag: Tag) -> None:
        self.flush()
        ids = [part.strip() for part in str(tag.get("ids") or "").split(",")]
        for number in ids:
            if read_number(number) is not None:
                self._add_photo("", number, "", "", "")
            elif number == "*":
                self.body.pieces.append(Piece("attached", {}))

    def take_file(self, tag: Tag) -> None:
        """Sound, film, or a link that was marked as a file."""
        self.flush()
        source = tag if tag.get("src") or tag.get("href") else tag.find("source") or tag
        href = inline.clean_href(str(source.get("src") or source.get("href") or ""))
        if href:
            self.body.pieces.append(Piece("file", {"href": href, "title": ""}))
        else:
            self.body.note("removed", tag.name, str(tag))

    def take_frame(self, tag: Tag) -> None:
        """What another site showed inside the page: a link to it stays."""
        self.flush()
        href = str(tag.get("src") or tag.get("data-src") or tag.get("data") or "")
        href = inline.clean_href(href)
        self.body.note("embed", tag.name, href or str(tag))
        if href:
            self.add_text(_link(re.sub(r"youtube(-nocookie)?\.com/embed/([\w-]+).*",
                                       r"youtube.com/watch?v=\2", href)))  # fmt: skip
        self.walk([child for child in tag.children if isinstance(child, Tag)
                   and child.name not in ("param", "embed")])  # fmt: skip

    def take_rule(self, tag: Tag) -> None:
        self.flush()


def _take_block_file(walker: Walker, tag: Tag) -> None:
    """`wp:file`: the name links to the file, a button repeats it."""
    if "wp-block-file" in (tag.get("class") or []) and (link := tag.find("a", href=True)):
        walker.flush()
        href = inline.clean_href(str(link.get("href")))
        title = " ".join(link.get_text(" ").split())
        walker.body.pieces.append(Piece("file", {"href": href, "title": _cut(title, FILE_TITLE)}))
        return
    if tag.name == "div" and not (tag.get("class") or []):
        walker.flush()
    classes = " ".join(tag.get("class") or [])
    if WIDGETS.search(classes) and not tag.get_text(strip=True) and not tag.find("img"):
        walker.body.note("block", str(tag.get("data-widget_type") or "widget"), str(tag))
    walker.flush()
    walker.walk(tag.children)  # type: ignore[arg-type]
    walker.flush()


TAKERS: dict[str, Callable[[Walker, Tag], None]] = {
    **dict.fromkeys(HEADINGS, Walker.take_heading),
    "div": _take_block_file,
    "ul": Walker.take_list,
    "ol": Walker.take_list,
    "blockquote": Walker.take_quote,
    "pre": Walker.take_pre,
    "table": Walker.take_table,
    "img": Walker.take_photo,
    "figure": Walker.take_figure,
    "zona-gallery": Walker.take_gallery,
    "zona-file": Walker.take_file,
    "audio": Walker.take_file,
    "video": Walker.take_file,
    "iframe": Walker.take_frame,
    "embed": Walker.take_frame,
    "object": Walker.take_frame,
    "hr": Walker.take_rule,
}


def _holds_block(tag: Tag) -> bool:
    return any(
        child.name not in inline.INLINE and child.name not in inline.DROPPED
        for child in tag.find_all(True)
    )


def _link(href: str) -> str:
    return f'<p><a href="{html.escape(href)}">{html.escape(href, quote=False)}</a></p>'


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _as_line(body: Body) -> str:
    """Blocks inside a list item as one line of it."""
    parts = []
    for piece in body.pieces:
        text = piece.value.get("html") or html.escape(str(piece.value.get("text", "")), quote=False)
        parts.append(re.sub(r"</p>\s*<p>", "<br/>", text).replace("<p>", "").replace("</p>", ""))
    return "<br/>".join(part for part in parts if part)
