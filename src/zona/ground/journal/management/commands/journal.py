"""`zona journal verify`: prove that nothing in the record was altered."""

import re
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from ... import guards, queries
from ...rules import Break, Kind, Mark

_WORDS = {
    Kind.CHANGED: "diubah",
    Kind.REMOVED: "dihapus",
    Kind.INSERTED: "disisipkan",
}


def _mark(text: str) -> Mark:
    match = re.fullmatch(r"(\d+):([0-9a-f]{64})", text)
    if not match:
        raise ArgumentTypeError("tulis NOMOR:HASH seperti yang dicetak perintah ini")
    return Mark(int(match[1]), match[2])


def _office_name(code: str) -> str:
    return f"kantor {code}" if code else "tingkat nasional"


def _describe(broken: Break) -> str:
    if broken.kind is Kind.HEADLESS:
        return f"kepala rantai hilang; {broken.seq} baris tidak lagi terkunci olehnya"
    key = f" (id {broken.id})" if broken.id is not None else ""
    return f"baris pertama yang {_WORDS[broken.kind]}: nomor {broken.seq}{key}"


class Command(BaseCommand):
    help = "Memeriksa catatan kegiatan (jurnal)."

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="subcommand", required=True)
        verify = commands.add_parser(
            "verify", help="membuktikan bahwa tidak ada baris yang diubah, dihapus, atau disisipkan"
        )
        verify.add_argument(
            "--office", metavar="KODE", help='hanya satu kantor, misalnya 33.08; "" = nasional'
        )
        verify.add_argument(
            "--noted",
            metavar="NOMOR:HASH",
            type=_mark,
            help="kepala rantai yang pernah dicatat di luar basis data; perlu --office",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        office, noted = options["office"], options["noted"]
        if noted and office is None:
            raise CommandError("--noted perlu --office: sebutkan kantor pemilik catatan itu.")
        faults = 0
        seen = False
        for verdict in queries.verify(office, noted):
            name = _office_name(verdict.office_code)
            if verdict.broken:
                faults += 1
                self.stderr.write(f"{name}: RUSAK, {_describe(verdict.broken)}")
            elif verdict.head:
                seen = True
                self.stdout.write(
                    f"{name}: utuh, {verdict.head.seq} baris, "
                    f"kepala {verdict.head.seq}:{verdict.head.hash}"
                )
        if missing := guards.missing(connection):
            faults += 1
            self.stderr.write(
                f"Pelindung tabel (trigger) hilang: {', '.join(missing)}. "
                "Jalankan `zona prepare` untuk memasangnya lagi."
            )
        if faults:
            raise CommandError(
                "Jurnal tidak utuh. Jangan mengubah tabelnya; simpan salinan basis data ini dan "
                "bandingkan dengan cadangan terakhir yang utuh."
            )
        if seen:
            self.stdout.write(
                "Jurnal utuh. Catat kepala rantai di luar komputer ini; kelak bandingkan dengan "
                "--office KODE --noted NOMOR:HASH."
            )
        else:
            self.stdout.write("Belum ada catatan.")
