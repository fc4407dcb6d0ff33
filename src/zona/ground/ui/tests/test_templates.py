import re
from pathlib import Path

import pytest
from django import forms
from django.http import Http404
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory

from zona.ground.ui.gallery.components import SAMPLES, page_of
from zona.ground.ui.gallery.forms import RequestForm
from zona.ground.ui.icons import icon_names
from zona.ground.ui.views import gallery

pytestmark = pytest.mark.urls("zona.ground.ui.tests.urls")

ROOM = Path(__file__).parents[1]
TEMPLATES = ROOM / "templates"
COMPONENTS = sorted((TEMPLATES / "ui" / "components").glob("*.html"))


def render(text: str, **context: object) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


def test_icon_is_hidden_from_readers_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "search" %}')
    labelled = render('{% icon "search" label %}', label="<Cari>")
    assert 'role="img" aria-label="&lt;Cari&gt;"' in labelled
    assert "aria-hidden" not in labelled


def test_unknown_icon_is_an_error_and_data_falls_back() -> None:
    with pytest.raises(TemplateSyntaxError, match="gajah"):
        render('{% icon "gajah" %}')
    assert "#globe" in render('{% icon kind|or_known_icon:"globe" %}', kind="gajah")
    assert "#globe" in render('{% icon kind|or_known_icon:"globe" %}', kind=None)


def test_every_icon_named_in_a_template_exists() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'\{% icon "([^"]+)"', text)) | set(re.findall(r'icon="([^"]+)"', text))
    assert named <= icon_names()


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_declares_its_inputs_first(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{% comment %}\n")
    assert len(text.splitlines()) <= 150


def test_every_component_is_shown_in_the_gallery() -> None:
    used: set[str] = set()
    waiting = [TEMPLATES / "ui" / "gallery" / "index.html", TEMPLATES / "ui" / "base.html"]
    while waiting:
        text = waiting.pop().read_text(encoding="utf-8")
        for name in re.findall(r'include "(ui/[a-z_/]+\.html)"', text):
            if name not in used:
                used.add(name)
                waiting.append(TEMPLATES / name)
    assert {f"ui/components/{path.name}" for path in COMPONENTS} <= used


@pytest.mark.parametrize("name", ["", *SAMPLES])
def test_page_is_clean_under_a_strict_policy(name: str) -> None:
    html = render_to_string(*page_of(name))
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", html)
    assert not re.search(r"<style|<script(?![^>]+src=)", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    doubled = {each for each in ids if ids.count(each) > 1}
    # the gallery shows the same form twice
    assert not {each for each in doubled if not (name == "" and each.startswith("id_"))}
    assert html.count("<h1") == 1


def test_gallery_view_knows_its_samples() -> None:
    with pytest.raises(Http404):
        gallery(RequestFactory().get("/"), "gajah")


def test_base_shows_nothing_it_was_not_given() -> None:
    html = render_to_string("ui/base.html", {"page_title": "Kosong"})
    assert "<title>Kosong</title>" in html
    for part in ("ui-topbar", "ui-brand", "ui-menu", "ui-ribbon", "ui-footer__", "data-theme"):
        assert part not in html
    assert 'href="#isi"' in html
    assert '<main id="isi"' in html


def test_base_links_the_accent_and_holds_the_theme() -> None:
    html = render_to_string("ui/base.html", {"accent_css_url": "/aksen.css", "theme": "dark"})
    assert html.index("components.css") < html.index('href="/aksen.css"')
    assert 'data-theme="dark"' in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429"])
def test_error_page_stands_without_context(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert html.count("<h1") == 1
    assert 'href="/"' in html


def test_the_500_page_needs_no_template_engine() -> None:
    text = (TEMPLATES / "500.html").read_text(encoding="utf-8")
    assert "{%" not in text
    assert "{{" not in text
    for path in re.findall(r'href="/static/([^"]+)"', text):
        assert (ROOM / "static" / path).is_file()


def field_html(form: forms.Form, name: str) -> str:
    return render_to_string("ui/components/field.html", {"field": form[name]})


def test_field_ties_label_hint_and_error_to_its_input() -> None:
    html = field_html(RequestForm({}), "what")
    assert '<label class="ui-field__label" for="id_what">' in html
    described = re.search(r'<textarea[^>]*aria-describedby="([^"]+)"', html)
    assert described
    for each in described[1].split():
        assert f'id="{each}"' in html
    assert described[1] == "id_what_helptext id_what_error"
    assert 'aria-invalid="true"' in html


def test_field_without_errors_says_nothing_of_them() -> None:
    html = field_html(RequestForm(), "what")
    assert "aria-invalid" not in html
    assert "ui-field__errors" not in html


def test_field_of_choices_is_a_fieldset_tied_to_its_error() -> None:
    html = field_html(RequestForm({}), "answer")
    assert re.search(r'<fieldset aria-describedby="id_answer_error">\s*<legend', html)
    assert 'id="id_answer_error"' in html


def test_field_escapes_what_was_typed() -> None:
    html = field_html(RequestForm({"name": '"><script>'}), "name")
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_error_summary_points_at_each_wrong_input() -> None:
    form = RequestForm({"name": "Siti"})
    html = render_to_string("ui/components/error_summary.html", {"form": form})
    assert "autofocus" in html
    inputs = render_to_string("ui/components/form_fields.html", {"form": form})
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == len(form.errors)
    for target in targets:
        assert f'id="{target}"' in inputs


def test_no_error_summary_for_a_form_without_errors() -> None:
    html = render_to_string("ui/components/error_summary.html", {"form": RequestForm()})
    assert not html.strip()


def test_pagination_keeps_the_filter_in_its_links() -> None:
    _, context = page_of("list")
    html = render_to_string(
        "ui/components/pagination.html", {"page": context["page"], "query": "q=a%26b&"}
    )
    assert 'rel="prev" href="?q=a%26b&amp;page=1"' in html
    assert 'rel="next" href="?q=a%26b&amp;page=3"' in html


def test_share_links_carry_title_and_address_encoded() -> None:
    html = render_to_string(
        "ui/components/share.html", {"url": "https://a.id/?b=c&d", "title": 'Rapat & "pleno"'}
    )
    assert "wa.me/?text=Rapat%20%26%20%22pleno%22%20https%3A%2F%2Fa.id%2F%3Fb%3Dc%26d" in html
