"""How the time of each scan over a person's text grows with the text, at its most hostile.

    zona bench checker --growth

Each rule gets texts that nearly match its own patterns (`bench/hostile.py`) and a few that are
awkward for anything. The worst of them is the rule's own; its times at 10 kB and 100 kB are
printed. A rule without patterns, or a pattern that belongs to no rule, fails the bench.
"""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

from .hostile import over_and_over, texts_against

SHORT, LONG = 10_000, 100_000  # signs
SCREENED = 2_000  # signs at which all texts are tried
MOST = 20.0  # seconds after which a scan is stopped and counts as slow as that
KEPT = 4  # the slowest of these are tried at SHORT
Maker = Callable[[int], str]

# Every module below these that holds a pattern must belong to a scan.
ROOMS = (
    "zona.bakohumas.checker.rules",
    "zona.bakohumas.newsroom.rules",
    "zona.website.imports.rules",
    "zona.backstage.search.rules",
    "zona.website.site.rules.pages",
    "zona.website.site.rules.reading",
    "zona.website.feedback.rules",
    "zona.website.redirects.rules",
    "zona.backstage.media.rules",
    "zona.bakohumas.channels.adapters.limits",
)


@dataclass(frozen=True)
class Scan:
    """One thing that reads a person's text: its name, the modules of its patterns, how it runs."""

    name: str
    run: Callable[[str], object]
    modules: tuple[str, ...]
    more: tuple[str, ...] = ()  # patterns that are made while it runs, for one example
    sees: Callable[[str], str] = str  # the text as its patterns get it


def checker_scans() -> Iterator[Scan]:
    """One a rule of the checker, behind what bounds its texts."""
    from zona.bakohumas.checker.rules import RULES

    package = "zona.bakohumas.checker.rules."
    lent = {  # whose patterns a rule uses beside its own
        "dates": ("phrases",),
        "numbers": ("phrases",),
        "completeness": ("leftovers", "phrases"),
    }
    made = {
        "abbreviations": (
            r"(?<!\w)KPU\s*\(([^()\n]{5,80})\)",
            r"\bKomisi\s+Pemilihan\s+Umum\b(?:\s*\(\s*KPU\s*\))?",
            r"KPU\s*\(\s*Komisi\s+Pemilihan\s+Umum\s*\)",
        )
    }
    for rule in RULES:
        name = rule.__module__.rpartition(".")[2]
        modules = tuple(package + own for own in (name, *lent.get(name, ())))
        yield Scan(f"checker.{name}", _checking(name, rule), modules, made.get(name, ()), _cover)
    yield Scan("checker.bounds", _bounding, (package + "bounds",))


def _draft(name: str, text: str) -> Any:
    """A draft with the text where the rule reads most."""
    from zona.bakohumas.checker.rules import Draft, Photo

    if name == "titles":
        return Draft(title=text, lead="KPU")
    if name == "pictures":
        return Draft(title="KPU", photos=(Photo(alt=text),))
    return Draft(title="KPU rapat", lead="KPU rapat di aula.", paragraphs=(text,))


def _bounding(text: str) -> object:
    from zona.bakohumas.checker.rules.bounds import bounded

    return bounded(_draft("", text))


def _checking(name: str, rule: Any) -> Callable[[str], object]:
    from zona.bakohumas.checker.rules import House
    from zona.bakohumas.checker.rules.bounds import bounded

    house = House(dateline="Kota Mungkid")
    return lambda text: list(rule(bounded(_draft(name, text))[0], house))


def _cover(text: str) -> str:
    from zona.bakohumas.checker.rules.bounds import Cover

    return Cover()("text", text)


def other_scans() -> Iterator[Scan]:
    """The import, the search, and whatever else reads what people wrote."""
    from zona.backstage.media.rules import captions
    from zona.backstage.search.rules import asking, marking, spelling, words
    from zona.bakohumas.agenda.rules import agenda, calendars, duties
    from zona.bakohumas.channels.adapters import limits
    from zona.bakohumas.newsroom.rules import differences, writing
    from zona.ground.typed.rules import dates, moments, numbers, times
    from zona.website.feedback import rules as feedback
    from zona.website.imports.rules import bounds, gutenberg, items, markup, shortcodes
    from zona.website.imports.rules.pieces import Body
    from zona.website.redirects import rules as redirects
    from zona.website.site.rules import pages as site
    from zona.website.site.rules import reading

    inline = "zona.website.imports.rules.inline"
    sought = (
        asking.seek(asking.understand("rapat pleno 21 agustus"))
        if hasattr(asking, "seek")
        else marking.seek(asking.understand("rapat pleno 21 agustus"))
    )
    yield Scan("import.markup", lambda text: markup.read_body(text), (markup.__name__, inline))
    yield Scan(
        "import.bounds",
        lambda text: (bounds.close_gaps(text), bounds.is_broken(text)),
        (bounds.__name__,),
    )
    yield Scan(
        "import.shortcodes", lambda text: shortcodes.expand(text, Body()), (shortcodes.__name__,)
    )
    yield Scan(
        "import.gutenberg",
        lambda text: gutenberg.strip_comments(text, Body(), lambda number: "x"),
        (gutenberg.__name__,),
    )
    yield Scan(
        "import.items",
        lambda text: [
            call(text) for call in (items.originals, items.path_in_uploads, items.file_key)
        ],
        (items.__name__,),
    )
    yield Scan("search.words", lambda text: words.list_stems(text), (words.__name__,))
    yield Scan("search.asking", lambda text: asking.understand(text), (asking.__name__,))
    yield Scan(
        "search.marking",
        lambda text: (marking.snippet(text, sought), marking.mark(text, sought)),
        (words.__name__,),
    )
    yield Scan(
        "search.spelling",
        lambda text: spelling.guess(text, [("rapat", 3), (text[:50], 2)]),
        (words.__name__,),
    )
    yield Scan(
        "newsroom.writing",
        lambda text: (
            writing.to_text(writing.to_html(text)), writing.fill_skeleton(text, {"a": text[:99]}),
            writing.leftovers(text), writing.town_of(text),
        ),
        (writing.__name__,),
    )  # fmt: skip
    yield Scan(
        "newsroom.likeness",
        lambda text: duties.likeness(
            text, dates.read_date("2025-08-21"), text[::-1], dates.read_date("2025-08-21")
        ),
        (writing.__name__,),
    )
    yield Scan("typed.dates", _either(dates.read_date, dates.read_days), (dates.__name__,))
    yield Scan("typed.times", _either(times.read_time, times.read_times), (times.__name__,))
    yield Scan("typed.moments", _either(moments.read_moment), (moments.__name__,))
    yield Scan(
        "typed.numbers", _either(numbers.read_number, numbers.read_whole), (numbers.__name__,)
    )
    yield Scan(
        "newsroom.agenda",
        lambda text: (
            agenda.initials(text), agenda.find_kind(text, {"rapat": "a"}), agenda.read_week(text),
            agenda.guess_kind(text, ["rapat"]), agenda.read_month(text),
        ),
        (agenda.__name__,),
    )  # fmt: skip
    yield Scan("newsroom.calendars", lambda text: calendars.plain(text), (calendars.__name__,))
    yield Scan(
        "newsroom.differences",
        lambda text: (
            differences.compare_words(text, text[::-1]),
            differences.compare_paragraphs(text.split("\n"), text[::-1].split("\n")),
        ),
        (differences.__name__,),
    )
    yield Scan(
        "feedback",
        lambda text: (feedback.clean_text(text), feedback.find_personal_data(text)),
        (feedback.__name__,),
    )
    yield Scan(
        "redirects",
        _either(
            redirects.clean_address,
            lambda text: redirects.clean_path("/" + text),
            redirects.clean_query,
            lambda text: redirects.is_worth_noting("/" + text),
            lambda text: redirects.words_of("/" + text),
            lambda text: redirects.host_of("https://" + text),
        ),
        (redirects.__name__,),
    )  # fmt: skip
    yield Scan(
        "site.texts",
        lambda text: (
            site.clean_dateline(text), site.clean_sign_off(text),
            site.split_lead(text), site.shorten(text),
        ),
        (site.__name__,),
    )  # fmt: skip
    yield Scan("site.signs", lambda text: reading.find_signs(text), (reading.__name__,))
    yield Scan("media.captions", lambda text: _captions(captions, text), (captions.__name__,))
    yield Scan(
        "channels.limits",
        lambda text: (limits.x_weight(text), limits.links_as_23(text), limits.bluesky(text)),
        (limits.__name__,),
    )


def _either(*calls: Callable[[str], object]) -> Callable[[str], object]:
    """Each in turn; a text that is refused was read too."""

    def run(text: str) -> None:
        for call in calls:
            with suppress(ValueError):
                call(text)

    return run


def _captions(captions: ModuleType, text: str) -> None:
    header = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
    _either(captions.clean_captions)(text)
    _either(lambda given: captions.join_paragraphs(captions.parse_captions(given)))(header + text)


# --- what a scan is made of -----------------------------------------------------------------------


def patterns_of(name: str) -> list[re.Pattern[str]]:
    """All patterns of a module: kept ones, and those written where they are used."""
    module = importlib.import_module(name)
    kept = [
        value
        for value in vars(module).values()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    ]
    return kept + [re.compile(text) for text in _written(module)]


def _written(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=name),
                args=[ast.Constant(value=str(text)), *_],
            ) if name != "compile":
                yield text


def homeless(scans: list[Scan]) -> list[str]:
    """Modules with patterns that no scan measures."""
    known = {name for scan in scans for name in scan.modules}
    found = [name for room in ROOMS for name in _modules(room)]
    return [name for name in found if name not in known and patterns_of(name)]


def _modules(room: str) -> Iterator[str]:
    yield room
    package = importlib.import_module(room)
    for row in pkgutil.iter_modules(getattr(package, "__path__", [])):
        yield f"{room}.{row.name}"


def awkward() -> Iterator[Maker]:
    """What is awkward for anything."""
    units = (
        "A", "a", "1", "1 ", "A ", "Ab ", "a.", "a.a ", "(", "<", "<a ", "<!--", "<p>", "{", "[",
        '"', "\n", "a\n", "Ab.\n\n", "KPU ", "(KPU) ", "1.000 ", "21/8/2025 ", "&", "&amp;", "#a ",
        "iVBORw0KGgo/+AAA", "a, ", "😀", "\u0301", "http://", "a@", "Rapat Pleno KPU. ", "<li><ul>",
    )  # fmt: skip
    yield from (over_and_over(unit) for unit in units)


def hostile_to(scan: Scan) -> list[Maker]:
    """The slowest texts for the scan; empty when it has no patterns of its own."""
    patterns = [pattern for name in scan.modules for pattern in patterns_of(name)]
    patterns += [re.compile(text) for text in scan.more]
    if not patterns:
        return []
    slowest: list[tuple[float, int, Maker]] = []
    for pattern in patterns:
        rows = [
            (_time(pattern.findall, scan.sees(make(SCREENED))), at, make)
            for at, make in enumerate(texts_against(pattern))
        ]
        slowest += sorted(rows, key=lambda row: row[:2], reverse=True)[:KEPT]
    own = [make for _seconds, _at, make in slowest]
    tried = [
        (_time(scan.run, make(SCREENED)), at, make) for at, make in enumerate(chain(own, awkward()))
    ]
    return [row[2] for row in sorted(tried, key=lambda row: row[:2], reverse=True)[:KEPT]]


class TooLong(Exception):
    """A scan took longer than anybody would wait."""


def _stop(*_signal: object) -> None:
    raise TooLong


def _time(call: Callable[[str], object], text: str) -> float:
    """Seconds of this process, MOST at most."""
    signal.signal(signal.SIGALRM, _stop)
    gc.disable()  # what others left lying is not the scan's; timeit does the same
    begin = time.process_time()
    signal.setitimer(signal.ITIMER_REAL, MOST)
    with suppress(TooLong):
        call(text)
    signal.setitimer(signal.ITIMER_REAL, 0)
    spent = time.process_time() - begin
    gc.enable()
    return spent


@dataclass(frozen=True)
class Grown:
    """Seconds that one scan took at both lengths, and how its text begins."""

    name: str
    short: float
    long: float
    begins: str

    @property
    def times(self) -> float:
        return self.long / max(self.short, 1e-4)


def measure(scan: Scan, makers: list[Maker]) -> Grown:
    rows = [
        Grown(
            scan.name,
            min(_time(scan.run, make(SHORT)) for _again in range(3)),
            min(_time(scan.run, make(LONG)) for _again in range(2)),
            make(40),
        )
        for make in makers
    ]
    return max(rows, key=lambda row: row.long)


def main() -> int:
    scans = [*checker_scans(), *other_scans()]
    for name in homeless(scans):
        print(f"{name} has patterns that no rule here measures")
        return 1
    grown = []
    print(f"{'rule':<24}{'10 kB':>10}{'100 kB':>10}{'times':>8}  its text begins")
    for scan in scans:
        makers = hostile_to(scan)
        if not makers:
            print(f"{scan.name} has no hostile text: it has no pattern that one could be made from")
            return 1
        row = measure(scan, makers)
        grown.append(row)
        print(
            f"{row.name:<24}{row.short * 1000:>7.1f} ms{row.long * 1000:>7.1f} ms{row.times:>8.1f}"
            f"  {row.begins!r}",
            flush=True,
        )
    worst = max(grown, key=lambda row: row.times)
    total = sum(row.long for row in grown)
    print(
        f"worst growth 10 kB -> 100 kB: {worst.times:.1f} times ({worst.name}), "
        f"all rules at 100 kB: {total:.1f} s"
    )
    return 0
