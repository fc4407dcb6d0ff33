"""WordPress exports made for tests and measurements, written as a stream."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>KPU Lama</title><link>https://lama.kpu.test</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://lama.kpu.test</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[humas]]></wp:author_login>
<wp:author_display_name><![CDATA[Humas KPU]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>berita</wp:category_nicename>
<wp:cat_name><![CDATA[Berita Terkini]]></wp:cat_name></wp:category>
<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>desa</wp:category_nicename>
<wp:category_parent>berita</wp:category_parent><wp:cat_name><![CDATA[Kabar Desa]]></wp:cat_name>
</wp:category>
<wp:tag><wp:term_id>5</wp:term_id><wp:tag_slug>dpt</wp:tag_slug><wp:tag_name>DPT</wp:tag_name></wp:tag>
"""
FOOT = "</channel></rss>\n"
NEWS = '<category domain="category" nicename="berita"><![CDATA[Berita Terkini]]></category>'
TEXT = (
    "Rapat pleno terbuka digelar di aula kantor.\n\nHadir <b>Bawaslu</b>, partai, dan dinas. " * 2
)


def post(number: int, **changes: object) -> str:
    """One `<item>`; give `content`, `title`, `extra` (raw XML) and others to change it."""
    day = f"20{10 + number % 15}-{1 + number % 12:02d}-{1 + number % 28:02d} 08:00:00"
    fields: dict[str, object] = {
        "title": f"Rapat pleno nomor {number}", "name": f"rapat-pleno-{number}", "type": "post",
        "status": "publish", "date": day, "gmt": day, "content": TEXT, "excerpt": "",
        "link": f"https://lama.kpu.test/{day[:4]}/{day[5:7]}/rapat-pleno-{number}/",
        "guid": f"https://lama.kpu.test/?p={number}", "parent": 0,
        "terms": NEWS,
        "extra": "",
    } | changes  # fmt: skip
    content = str(fields["content"]).replace("]]>", "]]]]><![CDATA[>")
    return f"""<item><title>{fields["title"]}</title><link>{fields["link"]}</link>
<dc:creator><![CDATA[humas]]></dc:creator><guid isPermaLink="false">{fields["guid"]}</guid>
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{fields["excerpt"]}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{fields["date"]}</wp:post_date>
<wp:post_date_gmt>{fields["gmt"]}</wp:post_date_gmt><wp:post_name>{fields["name"]}</wp:post_name>
<wp:status>{fields["status"]}</wp:status><wp:post_parent>{fields["parent"]}</wp:post_parent>
<wp:post_type>{fields["type"]}</wp:post_type>{fields["terms"]}{fields["extra"]}</item>
"""


def meta(key: str, value: object) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def attachment(number: int, path: str, alt: str = "", caption: str = "", parent: int = 0) -> str:
    url = f"https://lama.kpu.test/wp-content/uploads/{path}"
    return post(
        number, type="attachment", status="inherit", title=f"Lampiran {number}", content="",
        excerpt=caption, guid=url, parent=parent, terms="", link=f"https://lama.kpu.test/?a={number}",
        extra=f"<wp:attachment_url>{url}</wp:attachment_url>"
        + (meta("_wp_attachment_image_alt", alt) if alt else ""),
    )  # fmt: skip


def write(path: Path, items: Iterable[str], end: str = FOOT) -> Path:
    """An export of these items; other `end` breaks it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(items)
        file.write(end)
    return path
