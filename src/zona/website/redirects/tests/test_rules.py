import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.website.redirects import rules


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("https://kab-x.kpu.go.id/2019/05/Berita-Lama/", "/2019/05/berita-lama"),
        ("//kab-x.kpu.go.id/a//b/#atas", "/a/b"),
        ("berita/rapat%20pleno.html", "/berita/rapat pleno.html"),
        ("/?p=12&utm_source=wa", "/?p=12"),
        ("/index.php?view=x&option=com_content&id=7", "/index.php?id=7&option=com_content&view=x"),
        ("/caf%C3%A9/", "/café"),
        ("/cafe\u0301", "/café"),
    ],
)
def test_one_form_for_all_ways_to_write_an_address(pasted, kept):
    assert rules.clean_address(pasted) == kept


@pytest.mark.parametrize(
    ("pasted", "code"),
    [("  ", "empty"), ("https://kab-x.kpu.go.id/", "home"), ("/" + "a" * 600, "long"),
     ("ftp://x/y", "odd"), ("/a\x00b", "odd"), ("http://[", "odd")],
)  # fmt: skip
def test_what_is_no_address_is_refused(pasted, code):
    with pytest.raises(rules.BadAddress) as caught:
        rules.clean_address(pasted)
    assert caught.value.code == code


@given(st.text(max_size=60), st.text(max_size=30))
def test_what_was_kept_is_found_again_however_it_is_asked(path, query):
    """Any address that is kept is among the candidates of a request for it, and stays itself."""
    try:
        kept = rules.clean_address(f"/{path}?{query}")
    except rules.BadAddress:
        return
    again_path, _, again_query = kept.partition("?")
    assert rules.clean_path(again_path) == again_path
    assert kept in rules.candidates(again_path, again_query) or "%" in kept or "+" in kept


@pytest.mark.parametrize(
    "path",
    ["/wp-login.php", "/.env", "/xmlrpc.php", "/old/backup.zip", "/.git/config", "/a/../etc",
     "/favicon.ico", "/", "/profil/siti@kpu.test", "/cek/3308011234567890", "/' or 1=1",
     "/reset/0123456789abcdef01234567"],
)  # fmt: skip
def test_probes_and_personal_traces_are_not_noted(path):
    assert not rules.is_worth_noting(path)


@pytest.mark.parametrize(
    "path",
    ["/2019/05/berita-lama", "/index.php/2019/05/berita", "/ppid/file/lhkpn.pdf", "/tag/dpt"],
)
def test_old_addresses_are_noted(path):
    assert rules.is_worth_noting(path)


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 1000)), max_size=60), st.integers(1, 30)
)
def test_forgetting_keeps_the_newest_and_the_most_wanted(rows, limit):
    seen = [rules.Seen(key, count, last) for key, (count, last) in enumerate(rows)]
    gone = set(rules.superfluous(seen, limit))
    kept = [row for row in seen if row.key not in gone]
    assert len(kept) == min(len(seen), limit)
    if gone:
        assert max(row.last for row in kept) == max(row.last for row in seen)
        newest = sorted(seen, key=lambda row: (-row.last, row.key))[: limit - limit // 2]
        assert {row.key for row in newest} <= {row.key for row in kept}


def test_a_guess_is_made_by_words_and_only_when_near():
    slugs = {
        1: "rapat-pleno-terbuka-dpb-triwulan-iii",
        2: "kontak",
        3: "sosialisasi-pemilih-pemula",
    }
    asked = [
        "/2019/05/rapat-pleno-dpb-terbuka-triwulan-iii.html",
        "/berita/baca/77/sosialisasi-pemilih-pemula",
        "/berita/lomba-mewarnai-anak",
        "/12",
    ]
    assert list(rules.best_matches(asked, slugs)) == [1, 3, None, None]
