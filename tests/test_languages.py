"""The interface speaks one language at a time, and the address says which."""

from functools import cache

import polib
import pytest
from playwright.sync_api import Page

from tests.conftest import Visitor
from zona.config.environment import REPOSITORY

CATALOGUE = REPOSITORY / "src/zona/locale/id/LC_MESSAGES/django.po"
PAGES = (
    "home", "article", "announcement", "expired", "video", "podcast_episode", "profile",
    "contact", "index", "month", "information", "search", "search_empty", "directory", "missing",
)  # fmt: skip

# What is said by the interface itself. The rest may be the office's own words, such as the name of
# a rubric, which stay as they were written.
CHROME = "header, footer, label, legend, button"
# Every visible text with its attributes that are read aloud.
TEXTS = """(parts) => [...document.querySelectorAll(parts)].flatMap((part) => {
  const found = [], walk = document.createTreeWalker(part, NodeFilter.SHOW_ALL);
  for (let node = walk.currentNode; node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE && !node.parentElement.closest("[lang]:not(html)"))
      found.push(node.data);
    else if (node.getAttribute)
      for (const name of ["aria-label", "placeholder", "title"])
        found.push(node.getAttribute(name) || "");
  }
  return found.map((text) => text.trim().replace(/\\s+/g, " ")).filter(Boolean);
})"""


@cache
def read_words() -> tuple[frozenset[str], frozenset[str]]:
    """English and Indonesian texts without placeholders that are not the same word in both."""
    pairs = [
        (entry.msgid, entry.msgstr)
        for entry in polib.pofile(str(CATALOGUE))
        if entry.msgstr and "%" not in entry.msgid
    ]
    english, indonesian = {one for one, _ in pairs}, {other for _, other in pairs}
    return frozenset(english - indonesian), frozenset(indonesian - english)


def list_texts(page: Page, parts: str) -> set[str]:
    return set(page.evaluate(TEXTS, parts))


@pytest.mark.parametrize("name", PAGES)
def test_english_under_en(visitor: Visitor, name: str) -> None:
    english, indonesian = read_words()
    page = visitor.open(name, language="en")
    assert page.locator("html").get_attribute("lang") == "en"
    texts = list_texts(page, CHROME)
    assert texts & english, "no English word at all"
    assert texts & indonesian == set()
    # who reads English stays in English
    inside = page.locator(CHROME).locator("a[href^='/']")
    hrefs = set(inside.evaluate_all("all => all.map((a) => a.getAttribute('href'))"))
    files = ("/media/", "/static/", "/dokumen/")
    leaving = {h for h in hrefs if not h.startswith(("/en/", *files))}
    switch = page.locator("a[hreflang=id], a[lang=id]").first.get_attribute("href")
    assert leaving <= {switch}


@pytest.mark.parametrize("name", PAGES)
def test_indonesian_without(visitor: Visitor, name: str) -> None:
    english, _ = read_words()
    page = visitor.open(name)
    assert page.locator("html").get_attribute("lang") == "id"
    assert list_texts(page, "body") & english == set()


def test_each_page_names_the_other_language(visitor: Visitor) -> None:
    page = visitor.open("article")
    links = page.locator("link[rel=alternate][hreflang]")
    by_language = dict(
        links.evaluate_all("all => all.map((l) => [l.hreflang, new URL(l.href).pathname])")
    )
    path = visitor.site.paths["article"]
    assert by_language.get("id") == path
    assert by_language.get("en") == f"/en{path}"
