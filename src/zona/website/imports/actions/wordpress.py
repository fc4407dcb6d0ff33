"""`zona import wordpress`: an export of a WordPress site, with its pictures and old addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from zona.offices.models import Office
from zona.website.redirects.actions import Target
from zona.website.site.models import IndexPage
from zona.website.site.models.base import Tag

from ..models import ImportedItem
from ..report import Report
from ..rules import items as rules
from ..rules.items import NO_RUBRIC, Item, Term, file_key, originals
from ..rules.pieces import Note
from ..scratch import Scratch
from ..wxr import BrokenFile, Reader
from .links import settle_links
from .media import Media, guid_of
from .run import CHUNK, Run

OWN_TYPES = {"post", "page"}
KNOWN_TYPES = {
    "nav_menu_item": "menu", "revision": "revisi", "customize_changeset": "pengaturan tampilan",
    "custom_css": "CSS tambahan", "wp_global_styles": "gaya tema", "wp_template": "templat",
    "wp_template_part": "templat", "wp_navigation": "menu", "oembed_cache": "singgahan",
    "wp_block": "blok pakai ulang (isinya ikut pada halaman yang memakainya)",
    "wp_font_family": "huruf", "wp_font_face": "huruf",
}  # fmt: skip


def import_wordpress(
    *,
    path: Path,
    office: Office,
    folder: Path,
    media_folder: Path | None = None,
    may_fetch: bool = False,
    is_trial: bool = False,
    progress: Callable[[int], None] = lambda size: None,
) -> Report:
    """Import a file for an office; `folder` takes the report, `progress` hears bytes (twice all).

    Each item is one transaction: a stopped run goes on when it is started again. A broken file
    keeps what came before the break; `Report.problem` says where. Raises OSError.
    """
    with Report(folder, is_trial) as report, Scratch(folder / "sementara.sqlite3") as scratch:
        media = Media(office=office, report=report, scratch=scratch, folder=media_folder,
                      may_fetch=may_fetch, is_trial=is_trial)  # fmt: skip
        reader = Reader(path, progress)
        _survey(reader, scratch, report)
        run = Run(office, report, media, scratch, is_trial, authors=reader.site.authors)
        run.know_site(reader.site.url)
        _bring(Reader(path, progress), run, scratch)
        for item in scratch.pages():
            run.take(item, _guid_of(item, scratch))
        if media.can_look:
            _bring_files(scratch, media, report)
        run.finish()
        _lead_on(run, scratch, reader.site.terms)
        if not is_trial:
            settle_links(office, run.builder.old_hosts, report)
        report.counts["control"] = reader.replaced
    return report


def _survey(reader: Reader, scratch: Scratch, report: Report) -> None:
    """First reading: what others refer to, and what will not come over."""
    others: Counter[str] = Counter()
    try:
        for item in reader:
            scratch.add(item)
            if item.type not in OWN_TYPES | {"attachment"}:
                others[item.type] += 1
    except BrokenFile as error:
        report.problem = str(error)
    for name, count in others.most_common():
        said = KNOWN_TYPES.get(name, f"jenis isi “{name}”")
        report.add("skipped", f"{said}: {count}", excerpt=name)


def _bring(reader: Reader, run: Run, scratch: Scratch) -> None:
    """Second reading: posts at once, pages once their parents are known."""
    try:
        for item in reader:
            if item.type == "post":
                if guid := _guid_or_tell(item, run, scratch):
                    run.take(item, guid)
            elif item.type == "page" and _guid_or_tell(item, run, scratch):
                scratch.put_off(item)
    except BrokenFile as error:
        run.report.problem = str(error)


def _guid_of(item: Item, scratch: Scratch) -> str:
    """The item's own key: of entries with one GUID all but the first carry their number."""
    guid = rules.key_of(item)
    first = scratch.first_number(guid)
    if first is None or first == item.number:
        return guid
    return rules.fit(f"{guid}#{item.number}", rules.GUID_LENGTH)


def _guid_or_tell(item: Item, run: Run, scratch: Scratch) -> str:
    guid = _guid_of(item, scratch)
    if guid != rules.key_of(item):
        note = Note("duplicate", "dibedakan dengan nomornya", item.guid)
        run.report.note(note, item.title, item.link)
    return guid


def _bring_files(scratch: Scratch, media: Media, report: Report) -> None:
    """What nobody's text named, but the old site offered all the same."""
    for entry in list(scratch.files()):
        found = media.photo(entry.url, entry.number, entry.alt) or media.file(
            entry.url, entry.title
        )
        if found is None:
            report.add("skipped", f"lampiran: {media.why(entry.url)}", title=entry.title,
                       link=entry.url)  # fmt: skip


def _lead_on(run: Run, scratch: Scratch, terms: list[Term]) -> None:
    """Old addresses of pages, lists and files, in small transactions that a later run completes."""
    targets: dict[str, Target] = {}
    for item in scratch.entries():
        run.lead_on(item, targets)
        run.place(targets, CHUNK)
    run.place(targets)
    targets = targets_of_lists(run.office, terms)
    run.place(targets)
    for address, target in targets_of_files(run.office, scratch):
        targets[address] = target
        run.place(targets, CHUNK)
    run.place(targets)


def targets_of_lists(office: Office, terms: list[Term]) -> dict[str, Target]:
    """`/category/x/` and `/tag/y/` lead to the lists of the rubric and of the topic."""
    index = IndexPage.objects.filter(office=office).values_list("pk", flat=True).first()
    if index is None:
        return {}
    rubrics = {row.title.lower(): row.slug for row in office.rubrics.all()}
    names = [term.name[:100] for term in terms]
    topics = {row.name.lower(): row.slug for row in Tag.objects.filter(name__in=names)}
    parents = {term.slug: term.parent for term in terms if term.domain == "category"}
    targets = {}
    for term in terms:
        name = " ".join(term.name.split()).lower()
        rubric = rubrics.get(name[:60]) if term.domain == "category" else None
        topic = topics.get(name[:100])
        if term.slug in NO_RUBRIC or not term.slug or not (rubric or topic):
            continue
        target = Target(index, f"rubrik/{rubric}/" if rubric else f"topik/{topic}/")
        if term.domain != "category":
            targets[f"/tag/{term.slug}/"] = target
            continue
        for path in {term.slug, _nested(term.slug, parents)}:
            targets[f"/category/{path}/"] = target
        if term.number:
            targets[f"/?cat={term.number}"] = target
    return targets


def _nested(slug: str, parents: dict[str, str]) -> str:
    """A category below another has the other's name in its address."""
    way = [slug]
    while (above := parents.get(way[0], "")) and above not in way:
        way.insert(0, above)
    return "/".join(way)


def targets_of_files(office: Office, scratch: Scratch) -> Iterator[tuple[str, Target]]:
    """Where each old picture and file lies now."""
    for entry in scratch.files():
        keys = [guid_of(file_key(url)) for url in originals(entry.url)]
        found = (
            ImportedItem.objects.filter(office=office, guid__in=keys)
            .select_related("photo", "file")
            .first()
        )
        thing = (found.photo or found.file) if found else None
        if thing is not None:
            yield entry.url, Target(url=thing.url)
            yield f"/?attachment_id={entry.number}", Target(url=thing.url)
