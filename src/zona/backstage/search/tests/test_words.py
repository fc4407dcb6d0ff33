"""Words, stems and queries: the rules that index and query share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.backstage.search.rules import asking, marking, scopes, spelling, words

texts = st.text(max_size=80) | st.from_regex(r"[a-z0-9/.\-\" ()*:'&|!]{0,60}", fullmatch=True)


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("pilih", "pemilihan pemilih memilih dipilih terpilih"),
        ("pemilu", "pemilu"),
        ("atur", "peraturan pengaturan mengatur diatur"),
        ("pungut", "pemungutan memungut dipungut"),
        ("tetap", "penetapan menetapkan ditetapkan"),
        ("mohon", "permohonan pemohon memohon"),
        ("buka", "keterbukaan terbuka"),
        ("awas", "pengawas mengawasi"),
        ("mutakhir", "pemutakhiran dimutakhirkan pemutahiran"),
        ("beritahu", "pemberitahuan memberitahukan"),
        ("putus", "keputusan putusan memutuskan"),
        ("disabilitas", "disabilitas"),
        ("warganegara", "kewarganegaraan"),
        ("januari", "djanuari januari"),
        ("coblos", "tjoblos mencoblos"),
        ("umum", "oemoem"),
    ],
)
def test_forms_that_belong_together_have_one_stem(stem: str, forms: str) -> None:
    assert {words.stem(form) for form in forms.split()} == {stem}


def test_today_s_words_are_not_taken_for_old_spelling() -> None:
    assert words.modernise("koefisien") == "koefisien"
    assert words.stem("goes") != words.stem("goa")


@given(texts)
def test_a_stem_is_its_own_stem_and_never_empty(text: str) -> None:
    for raw in words.list_words(text):
        stem = words.stem(raw)
        assert stem
        assert words.stem(stem) == stem
        assert words.list_words(raw) == [raw]


@given(texts)
def test_what_is_not_seen_makes_no_difference(text: str) -> None:
    clean = words.clean(text)
    assert words.list_words(clean.upper().lower()) == words.list_words(clean.lower())
    hidden = "\u200d".join(clean)
    assert words.list_words(words.clean(hidden)) == words.list_words(clean)


def test_accents_and_case_are_folded() -> None:
    assert words.list_words("Café PEMILU péＭilu") == ["cafe", "pemilu", "pemilu"]


def test_numbers_are_kept() -> None:
    assert words.list_words("533/HK.04-Kpt/03/KPU") == ["533", "hk", "04", "kpt", "03", "kpu"]
    assert words.list_stems("PKPU Nomor 05 Tahun 2022") == words.list_stems("PKPU 5/2022")


def ways(text: str) -> list[set[str]]:
    query = asking.understand(text)
    return [
        {" ".join(found) for p in term.phrases for found in (p.raws, p.stems) if found}
        for term in query.terms
    ]


@pytest.mark.parametrize(
    ("typed", "found_too"),
    [
        ("pemilihan umum", "pemilu"),
        ("pemilu", "pilih umum"),
        ("coktas", "coklit batas"),
        ("coklit terbatas", "coktas"),
        ("PAW", "ganti antarwaktu"),
        ("peraturan komisi pemilihan umum", "pkpu"),
        ("difabel", "sandang disabilitas"),
        ("amandemen", "ubah"),
        ("wali kota", "walikota"),
        ("24/10/2025", "24 oktober 2025"),
        ("1090578", "1 090 578"),
        ("1.090.578", "1090578"),
    ],
)
def test_what_means_the_same_is_looked_for_too(typed: str, found_too: str) -> None:
    assert found_too in ways(typed)[0]


def test_a_number_stays_together_and_a_formula_is_read() -> None:
    assert ways("pkpu22/2023")[1] == {"22 2023"}
    assert asking.understand("PKPU No. 13 Tahun 2024").terms[1].phrases[0].stems == ("13", "2024")


def test_kip_has_two_meanings_and_gets_neither() -> None:
    assert ways("kip") == [{"kip"}]


def test_words_of_a_question_need_not_be_there_and_tidak_does() -> None:
    query = asking.understand("bagaimana cara pindah memilih jika tidak terdaftar")
    needed = [term.phrases[0].raws for term in query.required]
    assert ("bagaimana",) not in needed
    assert ("tidak",) in needed
    assert asking.understand("apa yang").required  # but never none at all


def test_quoted_words_are_taken_as_they_stand() -> None:
    (term,) = asking.understand('"rapat pleno"').terms
    assert term.phrases == (asking.Phrase(("rapat", "pleno")),)


@given(texts)
def test_anything_can_be_asked(text: str) -> None:
    for is_typing in (False, True):
        query = asking.understand(text, is_typing=is_typing)
        assert len(query.text) <= asking.LONGEST_QUERY
        assert len(query.terms) <= asking.MOST_TERMS
        for term in query.terms:
            for phrase in term.phrases:
                assert phrase.raws or phrase.stems
                assert all(word.isalnum() for word in phrase.raws + phrase.stems)
        assert query.terms == () or 0 < asking.least_of(query.required) <= len(query.terms)


@given(texts, texts)
def test_a_snippet_is_the_text_escaped_and_marked(text: str, typed: str) -> None:
    sought = marking.seek(asking.understand(typed))
    shown = marking.snippet(text, sought)
    bare = shown.replace(marking.MARK, "").replace(marking.END, "")
    assert "<" not in bare
    marked = marking.mark(text, sought).replace(marking.MARK, "").replace(marking.END, "")
    assert marked == marking.escape(text)


def test_the_place_with_most_of_the_words_is_shown() -> None:
    text = (
        "Pembukaan. " * 60 + "Rekapitulasi daftar pemilih ditetapkan di Kebumen. " + "Akhir. " * 60
    )
    shown = marking.snippet(text, marking.seek(asking.understand("penetapan pemilih kebumen")))
    assert "<mark>pemilih</mark> <mark>ditetapkan</mark> di <mark>Kebumen</mark>" in shown
    assert len(shown) < 400
    assert shown.startswith("… ")


@given(st.from_regex(r"[a-z]{6,12}", fullmatch=True), st.integers(0, 5))
def test_one_wrong_letter_is_guessed(word: str, place: int) -> None:
    wrong = word[:place] + word[place + 1 :]
    assert spelling.guess(wrong, [(word, 3), ("xyzxyzxyz", 9)]) == [word]
    assert spelling.exchange(f"KPU {wrong}!", {wrong: word}) == f"KPU {word}!"


def test_the_nearer_then_the_more_frequent_word_is_meant() -> None:
    known = [("pemilihan", 9), ("pemilih", 50), ("pemulih", 1)]
    assert spelling.guess("pemilh", known)[0] == "pemilih"


def test_scopes_are_single_words() -> None:
    found = scopes.describe(
        code="33.74", kind="podcast_episode", rubric="Berita Terkini", year=2025
    )
    assert found.split() == ["kpodcastepisode", "o3374", "w33", "rberitaterkini", "y2025"]
    assert all(words.list_words(scope) == [scope] for scope in found.split())
