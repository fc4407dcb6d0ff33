"""What a run did, for people (text) and for tables (CSV), in the data folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from zona.ground.typed.tables import write_rows

from .rules.pieces import Note, shorten

# The kinds of notes in the order of the report, as people read them.
KINDS = {
    "failed": "Gagal dimasukkan",
    "edited": "Sumber berubah, tetapi sudah disunting di sini: tidak ditimpa",
    "deleted": "Sudah dihapus di sini: tidak dibuat lagi",
    "duplicate": "GUID ganda: diambil yang pertama saja",
    "skipped": "Tidak dimasukkan",
    "shortcode": "Kode pendek yang tidak dikenal: isinya tetap sebagai teks",
    "block": "Blok yang tidak dikenal: isinya tetap sebagai teks",
    "builder": "Dibuat dengan penyusun halaman: periksa susunannya",
    "markup": "Markah yang tidak dikenal: isinya tetap sebagai teks",
    "embed": "Isi situs lain: menjadi tautan",
    "form": "Formulir: kata-katanya saja yang tetap",
    "removed": "Skrip, gaya, atau gambar kosong: dibuang",
    "table": "Tabel: tautan di dalamnya menjadi teks",
    "photo": "Gambar tidak ada: tetap sebagai tautan",
    "file": "Berkas tidak ada: tetap sebagai tautan",
    "link": "Tautan ke situs lama yang tidak ikut pindah",
    "date": "Tanggal tidak terbaca: berada di akhir daftar",
    "title": "Judul tidak ada atau terlalu panjang",
}
ORDER = list(KINDS)


@dataclass
class Report:
    """Counts in memory, rows straight to disk."""

    folder: Path
    is_trial: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    problem: str = ""
    unchanged: bool = False  # the server has nothing new

    def __enter__(self) -> Report:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file = (self.folder / "catatan.csv").open("w", encoding="utf-8-sig", newline="")
        write_rows(self._file, ["jenis", "nama", "judul", "alamat lama", "kutipan"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._file.close()
        (self.folder / "laporan.txt").write_text(self.text(), encoding="utf-8")

    def note(self, note: Note, title: str = "", link: str = "") -> None:
        self.kinds[note.kind] += 1
        names = self.names.setdefault(note.kind, Counter())
        if note.name in names or len(names) < 200:
            names[note.name] += 1
        row = [KINDS.get(note.kind, note.kind), note.name, shorten(title, 160), link, note.excerpt]
        write_rows(self._file, row)

    def add(
        self, kind: str, name: str, *, title: str = "", link: str = "", excerpt: str = ""
    ) -> None:
        self.note(Note(kind, name, shorten(excerpt)), title, link)

    @property
    def has_failed(self) -> bool:
        return bool(self.problem or self.kinds["failed"])

    def text(self) -> str:
        """The whole report, to be read."""
        lines = ["UJI COBA: belum ada yang disimpan." if self.is_trial else "Impor selesai."]
        if self.problem:
            lines = [self.problem]
        elif self.unchanged:
            lines = ["Tidak ada yang baru sejak terakhir diambil."]
        lines += ["", *(f"{self.counts[name]:>7}  {said}" for name, said in COUNTS.items()
                        if self.counts[name])]  # fmt: skip
        for kind in sorted(self.kinds, key=lambda kind: ORDER.index(kind) if kind in ORDER else 99):
            lines += ["", f"{KINDS.get(kind, kind)}: {self.kinds[kind]}"]
            common = self.names[kind].most_common(12)
            lines += [f"{count:>7}  {name}" for name, count in common if name]
        lines += ["", f"Semua catatan, satu per baris: {self.folder / 'catatan.csv'}"]
        return "\n".join(lines) + "\n"


COUNTS = {
    "post_new": "berita baru",
    "page_new": "halaman baru",
    "draft_new": "di antaranya konsep",
    "updated": "diperbarui, karena sumbernya berubah",
    "known": "sudah ada dan tidak berubah",
    "photo_new": "gambar baru",
    "file_new": "berkas baru",
    "redirect_new": "alamat lama yang kini mengarah ke halaman baru",
    "link_new": "halaman yang tautannya kini mengarah ke halaman baru",
    "comment": "komentar (tidak dimasukkan)",
    "control": "karakter terlarang diganti spasi",
}
