"""What becomes of old markup; the texts are as the exports of offices have them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zona.website.imports.rules.markup import read_body


def kinds(text):
    return [piece.kind for piece in read_body(text).pieces]


def words(text):
    return " ".join(str(piece.value) for piece in read_body(text).pieces)


def first(text):
    return read_body(text).pieces[0].value


def noted(text):
    return [(note.kind, note.name) for note in read_body(text).notes]


def test_classic_text_has_paragraphs_where_lines_are_empty():
    found = first(
        "Satu <b>dua </b>tiga\nempat\n\nLima &amp; <em>enam</em>\r\n\r\n<p>tujuh\nlagi</p>"
    )
    assert found["html"] == (
        "<p>Satu <b>dua</b> tiga<br/>empat</p><p>Lima &amp; <i>enam</i></p><p>tujuh lagi</p>"
    )


def test_blocks_of_the_new_editor():
    text = """<!-- wp:heading {"level":3} --><h3>Judul</h3><!-- /wp:heading -->
<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div class="wp-block-column">
<!-- wp:list --><ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><!-- /wp:list --></div>
<!-- /wp:column --></div><!-- /wp:columns -->
<!-- wp:quote --><blockquote class="wp-block-quote"><p>Kata</p><cite>Ketua</cite></blockquote>
<!-- /wp:quote --><!-- wp:gallery --><figure class="wp-block-gallery"><figure><img src="1.jpg"
class="wp-image-9"/><figcaption>Satu</figcaption></figure><figure><img src="2.jpg"/></figure>
</figure><!-- /wp:gallery --><!-- wp:table -->
<figure class="wp-block-table"><table><thead><tr><th>A</th>
<th>B</th></tr></thead><tbody><tr><td>1</td><td colspan="2">2</td></tr></tbody></table></figure>
<!-- /wp:table --><!-- wp:file --><div class="wp-block-file"><a href="https://x.test/a.pdf">Surat</a>
<a href="https://x.test/a.pdf" class="wp-block-file__button" download>Unduh</a></div>
<!-- /wp:file --><!-- wp:buttons -->
<div><div><a href="/daftar">Daftar</a></div></div><!-- /wp:buttons -->"""
    body = read_body(text)
    assert [piece.kind for piece in body.pieces] == [
        "heading", "text", "quote", "photo", "photo", "table", "file", "text"
    ]  # fmt: skip
    values = [piece.value for piece in body.pieces]
    assert values[1]["html"] == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    assert (values[3]["id"], values[3]["caption"], values[4]["src"]) == (9, "Satu", "2.jpg")
    assert (values[5]["head"], values[5]["rows"]) == (["A", "B", ""], [["1", "2", ""]])
    assert values[6] == {"href": "https://x.test/a.pdf", "title": "Surat"}
    assert '<a href="/daftar">Daftar</a>' in values[7]["html"]
    assert not body.notes


def test_a_block_used_by_number_is_put_in_and_an_empty_one_is_noted():
    found = read_body(
        '<!-- wp:block {"ref":7} /--><!-- wp:latest-posts {"n":5} /-->',
        {7: "<!-- wp:paragraph --><p>Isi bersama</p><!-- /wp:paragraph -->"}.get,
    )
    assert found.pieces[0].value["html"] == "<p>Isi bersama</p>"
    assert [note.name for note in found.notes] == ["latest-posts"]


def test_known_shortcodes():
    text = """[caption id="attachment_7" align="x"]<a href="u"><img src="b.jpg" /></a> Teks
<em>foto</em>[/caption][gallery ids="1,2"][embed]https://youtu.be/x[/embed][audio mp3="https://x.test/a.mp3"]
[video src='https://x.test/v.mp4'][/video]"""
    body = read_body(text)
    assert [piece.kind for piece in body.pieces] == [
        "photo", "photo", "photo", "text", "file", "file"
    ]  # fmt: skip
    photo = body.pieces[0].value
    assert (photo["id"], photo["caption"]) == (7, "Teks foto")
    assert not body.notes


@pytest.mark.parametrize(
    ("text", "kept", "name"),
    [
        ("[vc_row][vc_column w='1/2'][vc_column_text]Isi[/vc_column_text][/vc_column][/vc_row]",
         "<p>Isi</p>", "vc_row"),
        ("[et_pb_blurb title=\"Judul ] aneh\"]isi[/et_pb_blurb]", "Judul ] aneh", "et_pb_blurb"),
        ("[vc_raw_html]JTNDcCUzRUhhbG8lM0MlMkZwJTNF[/vc_raw_html]", "<p>Halo</p>", "vc_raw_html"),
        ('[contact-form-7 id="5" title="Hubungi"]', "contact-form-7", "contact-form-7"),
        ("[a_b]luar [a_b]dalam[/a_b] sisa[/a_b]", "dalam", "a_b"),
        ("teks [/yatim] lagi", "[/yatim]", "yatim"),
    ],
)  # fmt: skip
def test_words_of_unknown_shortcodes_stay_and_are_noted(text, kept, name):
    assert kept in words(text)
    assert ("shortcode", name) in noted(text)


def test_brackets_that_are_words_and_escaped_shortcodes_stay():
    assert first("Kata [sic] dan [1] dan [[gallery]]")["html"] == (
        "<p>Kata [sic] dan [1] dan [gallery]</p>"
    )


def test_elementor_output_is_flattened():
    text = """<div data-elementor-type="wp-page" class="elementor elementor-5"><section>
<div class="elementor-widget" data-widget_type="heading.default"><h2 class="e">Visi</h2></div>
<div class="elementor-widget" data-widget_type="text-editor.default"><p>Isi visi</p></div>
<div class="elementor-widget" data-widget_type="form.default"></div></section></div>"""
    assert kinds(text) == ["heading", "text"]
    assert ("block", "form.default") in noted(text)


def test_what_other_sites_show_becomes_a_link():
    text = '<iframe src="https://www.youtube.com/embed/abc?rel=0"></iframe>'
    assert '<a href="https://www.youtube.com/watch?v=abc">' in first(text)["html"]
    assert noted(text) == [("embed", "iframe")]


def test_scripts_and_styles_go_and_are_noted():
    text = (
        '<script>alert(1)</script><p style="x" onclick="y">H<sub>2</sub>O'
        ' <a href="java\tscript:alert(1)">klik</a> <img src="data:image/gif;base64,R0"></p>'
    )
    assert first(text)["html"] == "<p>H₂O klik</p>"
    assert noted(text) == [("removed", "script"), ("removed", "img")]


def test_odd_tables_and_quotes():
    assert kinds('<table><tr><td><img src="a.jpg"></td><td>x</td></tr></table>') == [
        "photo",
        "text",
    ]
    assert first("<blockquote>tanpa nama</blockquote>")["html"] == "<p><i>tanpa nama</i></p>"
    assert first("<h2>" + "panjang " * 30 + "</h2>")["html"].startswith("<p><b>panjang")
    assert words("<div>" * 4000 + "dalam sekali" + "</div>" * 4000).count("dalam sekali") == 1


WORDS = st.text("abcdefg ", min_size=3).filter(str.strip)
PIECES = st.sampled_from(
    ["<p>{}</p>", "<div>{}</div>", "\n\n{}\n\n", "[vc_x]{}[/vc_x]", "<ul><li>{}</li></ul>",
     "<b>{}</b>", "<blockquote>{}</blockquote>", "<h2>{}</h2>", "<foo>{}</foo>",
     "[caption]{}[/caption]",
     "<table><tr><td>{}</td><td>1</td></tr></table>", "<!-- wp:x --><p>{}</p><!-- /wp:x -->",
     "<pre>{}</pre>", "<form>{}</form>", "<span><p>{}</p></span>", "<dl><dt>{}</dt></dl>", "<p>{}"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.tuples(PIECES, WORDS), max_size=5))
def test_no_word_is_lost(parts):
    """Every word of the source stands in the pieces, in the source's order."""
    text = "".join(wrapper.format(word) for wrapper, word in parts)
    said = " ".join(
        str(piece.value.get("html") or piece.value.get("text") or piece.value.get("rows"))
        for piece in read_body(text).pieces
    )
    found = re.sub(r"[^a-g]", "", re.sub(r"</?[a-z]+/?>", "", said))
    assert found == re.sub(r"[^a-g]", "", "".join(word for _wrapper, word in parts))


@given(st.text(max_size=200))
def test_nothing_breaks_it_and_nothing_dangerous_comes_through(text):
    for piece in read_body(text).pieces:
        tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", piece.value.get("html", "")))
        assert tags <= {"p", "b", "i", "a", "br", "ul", "ol", "li"}
