"""The other rules of the checker: each on what it is for, and silent beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.checker.rules import Draft, Finding, House, Photo, Severity, Sibling, check
from zona.bakohumas.checker.rules.numbers import show
from zona.bakohumas.checker.rules.titles import calm

GOOD = Draft(
    title="KPU Magelang Tetapkan 1.000 Pemilih",
    lead="KPU Magelang menetapkan 1.000 pemilih (L 480; P 520) di aula, Kamis (21/8/2025).",
    paragraphs=(
        "Rapat pleno dihadiri Bawaslu, Kodim, dan partai politik. Berita acara ditandatangani.",
        "“Terima kasih atas kerja sama semua pihak,” kata Ketua KPU Kabupaten Magelang.",
    ),
    dateline="Kota Mungkid",
    photos=(
        Photo(
            alt="Ketua KPU menyerahkan berita acara kepada Bawaslu",
            caption="Penyerahan berita acara",
            credit="Humas KPU Kabupaten Magelang",
        ),
    ),
)
HOUSE = House(dateline="Kota Mungkid")


def codes(text: str = "", **fields: object) -> set[str]:
    """What is found in a paragraph, beside what is missing around it."""
    draft = Draft(paragraphs=(text,), **fields)  # type: ignore[arg-type]
    around = {"title_missing", "lead_missing", "date_missing", "questions_open", "dateline_missing"}
    return {row.code for row in check(draft, HOUSE)} - (around - set(fields))


def one(code: str, text: str) -> Finding:
    (found,) = (row for row in check(Draft(paragraphs=(text,)), HOUSE) if row.code == code)
    return found


def test_a_good_article_is_left_in_peace() -> None:
    assert check(GOOD, HOUSE) == []


# --- numbers -----------------------------------------------------------------------------------


@given(st.integers(1_000, 900_000), st.integers(1_000, 900_000), st.integers(-999, 999))
def test_men_and_women_make_the_total(men: int, women: int, slip: int) -> None:
    total = men + women + slip
    for text in (
        f"Ditetapkan {show(total)} pemilih (L {show(men)}; P {show(women)}).",
        f"Ada {show(total)} orang: {show(men)} laki-laki dan {show(women)} perempuan.",
        f"Pemilih laki-laki sebanyak {show(men)} dan perempuan {show(women)}, total {show(total)}.",
    ):
        found = [row for row in check(Draft(lead=text), House()) if row.code.startswith("sum")]
        assert bool(found) is (slip != 0 and total > max(men, women)), text
        assert all(row.suggestion == show(men + women) for row in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hadir 60 peserta terdiri dari 25 siswa, 30 guru, dan 6 kepala sekolah.", {"sum_of_list"}),
        ("Hadir 60 peserta terdiri dari 25 siswa, 30 guru, dan 5 kepala sekolah.", set()),
        ("Sebanyak 15 kecamatan terdiri dari 248 desa dan 2.569 TPS.", set()),
        ("Dari 101.993 penduduk, 40.376 merekam, 31.778 belum, 29.839 tidak dikenal.", set()),
        ("Dari 101.993 penduduk, 40.376 merekam, 31.778 belum, 29.938 tidak dikenal.",
         {"sum_of_list"}),
        ("Sebanyak 82 dari 100 orang (75 persen) hadir.", {"share_wrong"}),
        ("Sebanyak 82 dari 100 orang (82 persen) hadir.", set()),
        ("Sebanyak 2 dari 3 orang (66,7 persen) hadir.", set()),
        ("Tercatat 356,823 pemilih.", {"thousands_by_comma"}),
        ("Ruang 3 x 2,5 meter, indeks 64,625 dan 12,5 persen.", set()),
    ],
)  # fmt: skip
def test_sums_and_shares(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


# --- privacy -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NIK 3308012501900003 dicatat.", {"privacy_nik"}),
        ("NIK 3308016501900003 dicatat.", {"privacy_nik"}),  # a woman's
        ("Nomor surat 3308019901900003 dicatat.", set()),  # no day 99
        ("Hubungi 0812-3456-7890.", {"privacy_phone"}),
        ("Ibu Siti tinggal di RT 02/RW 03.", {"privacy_address"}),
        ("Sosialisasi bersama paguyuban RT RW se-Kelurahan Pare.", set()),
        ("Ibu Siti Aminah dirawat karena stroke.", {"privacy_health"}),
        ("Warga bernama Slamet meninggal dunia.", {"privacy_health"}),
        ("Data pemilih meninggal dunia dicoret dari daftar.", set()),
        ("Pembina apel menyinggung kesehatan pegawai.", set()),
        ("Ketua KPU, Ibu Sri Rahayu, menyebut pemilih disabilitas.", set()),
        ("Salah satu siswa, Budi Santoso, bertanya.", {"privacy_child"}),
        ("Rani (15 tahun) ikut bertanya.", {"privacy_child"}),
        ("Siswa SMK Pangudi Luhur belajar.", set()),
        ("Peserta dari Kelas X (12) dan Divisi Hukum (3) hadir.", set()),
    ],
)
def test_private_persons(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


@given(st.integers(11, 94), st.integers(1, 28), st.integers(1, 12), st.integers(1, 9999))
def test_findings_never_hold_the_data(region: int, day: int, month: int, serial: int) -> None:
    nik = f"{region}0801{day:02}{month:02}90{serial:04}"
    found = check(Draft(lead=f"NIK {nik}, telepon 081234567890, RT 04/RW 05."), House())
    private = [row for row in found if row.code.startswith("privacy")]
    assert {row.code for row in private} == {"privacy_nik", "privacy_phone", "privacy_address"}
    assert not [row for row in private if row.excerpt or row.suggestion or row.params]


# --- titles and words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "code", "suggestion"),
    [
        ("RAPAT KERJA DEBAT PUBLIK KPU", "title_capitals", "Rapat Kerja Debat Publik KPU"),
        ("Perjanjian, PERNYATAAN BEBAS BENTURAN Dini", "title_capitals",
         "Pernyataan Bebas Benturan"),
        ("KPU DimintaJadi Contoh", "space_missing", "Diminta Jadi"),
        ("Dismissal Tuntas,100 Perkara", "space_missing", "Tuntas, 100"),
        ("Rapat Pemutahiran Data", "spelling", "Pemutakhiran"),
        ("Muslim Aisha : Dorong", "space_before", ":"),
    ],
)  # fmt: skip
def test_slips_in_titles(title: str, code: str, suggestion: str) -> None:
    found = [row for row in check(Draft(title=title), House()) if row.code == code]
    assert [row.suggestion for row in found] == [suggestion]


@pytest.mark.parametrize(
    "title",
    [
        "KPU Ikuti Rakor PDPB dan SPIP KPU RI", "Unggahan YouTube dan WhatsApp KPU",
        "Knowledge Sharing ASN BerAKHLAK", "Alamat kab-magelang.kpu.go.id,Ketua",
    ],
)  # fmt: skip
def test_titles_that_are_right(title: str) -> None:
    assert check(Draft(title=title), House()) == []


@given(st.text(alphabet="ABKPU dani-", max_size=40))
def test_calmed_titles_keep_their_letters(title: str) -> None:
    assert calm(title).casefold() == title.casefold()


def test_length_of_titles_by_the_office() -> None:
    found = {n: {r.code for r in check(Draft(title="A" + "b" * (n - 1)), House())} for n in
             (70, 71, 90, 91)}  # fmt: skip
    assert found == {70: set(), 71: {"title_cut"}, 90: {"title_cut"}, 91: {"title_long"}}
    assert check(Draft(title="A" + "b" * 99), House(title_hint=100, title_length=120)) == []


def test_abbreviations_are_said_once_and_rightly() -> None:
    assert one("abbreviation_unsaid", "PDPB dan TMS dibahas.").values["count"] == "2"
    said = "Pemutakhiran Data Pemilih Berkelanjutan (PDPB) dibahas. PDPB dimulai."
    assert not codes(said)
    assert not codes(said.replace("Pemutakhiran Data", "pemutakhiran data"))
    assert codes(f"{said} PDPB (Pemutakhiran Data Pemilih Berkelanjutan).") == {"expanded_twice"}
    wrong = one("expansion_wrong", "PPK (Panitia Pemungutan Kecamatan) hadir.")
    assert wrong.suggestion == "Panitia Pemilihan Kecamatan"
    wrong = one("expansion_wrong", "Juga Panitia Pemilihan Suara (PPS) hadir.")
    assert (wrong.excerpt, wrong.suggestion) == (
        "Panitia Pemilihan Suara", "Panitia Pemungutan Suara"
    )  # fmt: skip
    assert "expansion_wrong" not in codes("PPK (ditunjuk kantor) dan Ketua Pelaksana Harian (PPS).")
    assert "expansion_wrong" not in codes("Pejabat Pembuat Komitmen (PPK) menandatangani.")


def test_long_sentences() -> None:
    words = " ".join(["kata"] * 36)
    assert codes(f"{words}.") == {"sentence_long"}
    half = " ".join(["kata"] * 20)
    assert codes(f"{half}. {half.capitalize()} Dr. Budi, S.H., M.H. hadir.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Download gambar", {"button_text"}),
        ("Baca juga: berita lain", {"button_text"}),
        ("Peserta selesai dok. foto Humas KPU", {"caption_in_text"}),
        ("Foto: Humas", {"caption_in_text"}),
        ("Dokumentasi KPU menunjukkan kenaikan; foto diserahkan.", set()),
        ("Rapat&nbsp;pleno <o:p></o:p>", {"markup"}),
        ("Kata â€œbaikâ€\u009d", {"broken_letters"}),
        ("Isi {kutipan ketua} dan ______", {"placeholder"}),
        ("Satu  dua   tiga", {"double_space"}),
        ("yang yang hadir", {"word_twice"}),
        ("hati\u00adhati", {"invisible_signs"}),
        ("Rapat dibuka pukul 09.00 WIB... dan ditutup.", set()),
    ],
)
def test_leftovers(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


# --- what is there -----------------------------------------------------------------------------


def test_the_opening_answers_who_and_where() -> None:
    words = " ".join(["kata"] * 20)
    (found,) = (r for r in check(Draft(lead=words), House()) if r.code == "questions_open")
    assert found.values["questions"] == "who,where"
    assert "questions_open" not in codes(words, people="KPU", place="Aula")


def test_dateline_of_the_office() -> None:
    text = "KPU rapat di aula. " * 5
    all_codes = {row.code for row in check(Draft(lead=text), HOUSE)}
    assert "dateline_missing" in all_codes
    assert "dateline_missing" not in {row.code for row in check(Draft(lead=text), House())}
    assert "dateline_other" in codes(text, dateline="Magelang")
    assert "dateline_other" not in codes(text, dateline="KOTA MUNGKID –")
    assert "dateline_twice" in codes(f"KOTA MUNGKID – {text}", dateline="Kota Mungkid")
    assert "dateline_twice" not in codes("Rapat – yang lama – selesai.", dateline="Kota Mungkid")


def test_pictures_and_second_items() -> None:
    photo = Photo(alt="IMG_2033.jpg", has_children=True, has_consent=False)
    assert {"alt_is_file_name", "caption_missing", "credit_missing", "photo_children"} <= codes(
        "Isi.", photos=(photo,)
    )
    assert "alt_missing" in codes("Isi.", photos=(Photo(),))
    other = Sibling("Berita pertama", "/kantor/pages/1/edit/")
    assert "second_item" in codes("Isi.", siblings=(other,))
    assert "second_item" not in codes("Isi.", siblings=(Sibling("Foto", kind="photo_story"),))
    assert "second_item" not in codes("Isi.", siblings=(other,), is_roundup=True)


def test_at_most_five_of_a_kind_the_gravest_first() -> None:
    text = "Download gambar. " * 9 + "{isi} yang yang"
    found = check(Draft(paragraphs=(text,)), House())
    assert sum(row.code == "button_text" for row in found) == 5
    assert [row.severity for row in found] == sorted(
        (row.severity for row in found), key=lambda s: s.rank
    )
    assert found[0].severity is Severity.FAULT


@given(st.text(max_size=200))
def test_spans_lie_in_the_text(text: str) -> None:
    draft = Draft(title=text, lead=text, paragraphs=(text,), people=text, place=text)
    for row in check(draft, HOUSE):
        assert 0 <= row.start <= row.end <= len(text)
        if row.excerpt:
            assert text[row.start : row.end] == row.excerpt


def test_a_table_is_looked_through_for_peoples_data_alone() -> None:
    assert "privacy_nik" in codes("Daftar.", cells=("Siti", "3308012501900003"))
    assert codes("Daftar.", cells=("Siti", "480,5;", "ini  itu")) == codes("Daftar.")
