"""The sample content of the demo office, read from `demo/content.json`."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Protocol

from django.core.files import File
from django.utils import timezone

from zona.backstage.rights.grants import collection_of
from zona.offices.models import Office, ServiceHours

from .. import models
from ..models import BasePage, HomePage, IndexPage, MandatoryPage, Photo, PublicFile
from ..models.files import Consent, People, Rights
from .demo_recordings import store_recording
from .tree import ensure_rubric

FOLDER = Path(__file__).resolve().parent.parent / "demo"
MEDIA = FOLDER / "media"
PUBLISHED_AT = dt.time(9, 30)
CLASSES: dict[str, type[BasePage]] = {
    "article": models.ArticlePage,
    "photo_story": models.PhotoStoryPage,
    "infographic": models.InfographicPage,
    "announcement": models.AnnouncementPage,
    "video": models.VideoPage,
    "standard": models.StandardPage,
    "profile": models.ProfilePage,
    "contact": models.ContactPage,
}


class DemoKind(Protocol):
    """How a room above writes the sample pages of a kind of its own."""

    model: type[BasePage]

    def fields(self, writer: DemoWriter, row: dict[str, Any]) -> dict[str, Any]: ...
    def add_parts(self, page: Any, row: dict[str, Any]) -> None: ...
    def parent(self, writer: DemoWriter, row: dict[str, Any]) -> BasePage: ...


_kinds: dict[str, DemoKind] = {}


def register_demo(kind: str, writer: DemoKind) -> None:
    """Called when the apps are ready; sample pages of a kind that nobody writes are left out."""
    _kinds[kind] = writer


def fill_demo(*, actor: object, office: Office) -> int:
    """Write all sample items below the home of the (freshly opened) office; how many."""
    content = json.loads((FOLDER / "content.json").read_text("utf-8"))
    DemoWriter(office, content).write()
    return len(content["pages"])


class DemoWriter:
    def __init__(self, office: Office, content: dict[str, Any]) -> None:
        self.office, self.content = office, content
        self.home = HomePage.objects.get(office=office)
        self.index = IndexPage.objects.child_of(self.home).get()
        self.collection = collection_of(office)
        self.today = timezone.now().astimezone(office.tz).date()
        self.photos: dict[str, Photo] = {}
        self.files: dict[str, PublicFile] = {}
        self.pages: dict[str, BasePage] = {}
        self.duties = {duty.code: duty for duty in MandatoryPage.objects.all()}

    def write(self) -> None:
        self.write_office()
        for row in self.content["rubrics"]:
            rubric = ensure_rubric(self.office, row["title"])
            rubric.purpose = row["purpose"]
            rubric.save(update_fields=["purpose"])
        for row in self.content["images"]:
            self.photos[row["key"]] = self.store_photo(row)
        for row in self.content["pages"]:
            self.write_page(row)

    def write_office(self) -> None:
        about = self.content["office"]
        for name in ("address", "phone", "whatsapp", "email", "latitude", "longitude"):
            if about.get(name):
                setattr(self.office, name, about[name])
        if about.get("logo"):
            with (MEDIA / about["logo"]).open("rb") as file:
                self.office.logo.save(about["logo"], File(file), save=False)
        self.office.save()
        if about.get("lead"):
            HomePage.objects.filter(pk=self.home.pk).update(lead=about["lead"])
        ServiceHours.objects.bulk_create(
            ServiceHours(
                office=self.office,
                weekday=row["weekday"],
                opens=row["opens"],
                closes=row["closes"],
                break_starts=row.get("break_starts"),
                break_ends=row.get("break_ends"),
            )
            for row in about["hours"]
        )

    def store_photo(self, row: dict[str, str]) -> Photo:
        with (MEDIA / row["file"]).open("rb") as file:
            photo = Photo(
                title=row["title"],
                description=row["alt"],
                credit=row["credit"],
                people=People.NOBODY,  # they are drawn
                consent=Consent.NOT_NEEDED,
                rights=Rights.OWN,
                collection=self.collection,
                file=File(file, name=row["file"]),
            )
            photo.save()
        return photo

    def store_file(self, name: str, title: str) -> PublicFile:
        if name not in self.files:
            with (MEDIA / name).open("rb") as file:
                self.files[name] = PublicFile.objects.create(
                    title=title, collection=self.collection, file=File(file, name=name)
                )
        return self.files[name]

    def write_page(self, row: dict[str, Any]) -> None:
        kind, own = row["kind"], _kinds.get(row["kind"])
        if own is None and kind not in CLASSES:
            return
        fields = self.common_fields(row)
        if own:
            fields |= own.fields(self, row)
        else:
            fields |= getattr(self, f"fields_of_{kind}", lambda _row: {})(row)
        if kind == "contact":
            self.update_contact(fields)
            return
        page = (own.model if own else CLASSES[kind])(**fields)
        for correction in row.get("corrections", ()):
            day = self.today - dt.timedelta(days=correction["days_ago"])
            page.corrections.add(models.Correction(date=day, text=correction["text"]))
        (own or self).add_parts(page, row)
        if row.get("tags"):
            page.tags.add(*row["tags"])
        parent = self.parent_of(row)
        parent = type(parent).objects.get(pk=parent.pk)
        parent.add_child(instance=page)
        self.pages[row["slug"]] = page

    def parent_of(self, row: dict[str, Any]) -> BasePage:
        if own := _kinds.get(row["kind"]):
            return own.parent(self, row)
        return self.home if row["kind"] in {"standard", "profile"} else self.index

    def common_fields(self, row: dict[str, Any]) -> dict[str, Any]:
        day = self.today - dt.timedelta(days=row.get("days_ago") or 0)
        moment = min(dt.datetime.combine(day, PUBLISHED_AT, tzinfo=self.office.tz), timezone.now())
        activity = row.get("activity_days_ago")
        fields: dict[str, Any] = {
            "title": row["title"],
            "slug": row["slug"],
            "office": self.office,
            "lead": row.get("lead") or "",
            "caption": row.get("caption") or "",
            "photo": self.photos.get(row.get("photo") or row.get("poster") or ""),
            "rubric": ensure_rubric(self.office, self.rubric_title(row))
            if row.get("rubric")
            else None,
            "mandatory": self.duties.get(row.get("mandatory") or ""),
            "first_published_at": moment,
            "last_published_at": moment,
        }
        if activity is not None:
            fields["activity_date"] = self.today - dt.timedelta(days=activity)
        if row.get("valid_days") is not None:
            fields["valid_until"] = self.today + dt.timedelta(days=row["valid_days"])
        if row.get("body") is not None and row["kind"] in BODY_KINDS:
            fields["body"] = [self.block(part) for part in row["body"]]
        return fields

    def rubric_title(self, row: dict[str, Any]) -> str:
        titles = {r["slug"]: r["title"] for r in self.content["rubrics"]}
        return titles.get(row["rubric"], row["rubric"])

    def block(self, part: dict[str, Any]) -> tuple[str, Any]:
        """One part of a body in the form the stream field takes."""
        kind, value = part["type"], part["value"]
        if kind == "list":
            items = "".join(f"<li>{item}</li>" for item in value)
            return "paragraph", f"<ul>{items}</ul>"
        if kind == "quote":
            return "quote", {"text": value["text"], "speaker": value.get("speaker", "")}
        if kind == "image":
            photo = self.photos[value["image"]]
            return "photo", {"image": photo, "caption": value.get("caption", "")}
        if kind == "file":
            document = self.store_file(value["file"], value["title"])
            return "file", {"document": document, "title": value["title"]}
        if kind == "table":
            return "table", _table(value)
        return kind, value

    def fields_of_article(self, row: dict[str, Any]) -> dict[str, Any]:
        facts = row.get("facts") or {}
        return {
            "dateline": row.get("dateline") or "",
            "sign_off": row.get("sign_off") or "",
            "place": facts.get("where", ""),
            "people": facts.get("who", ""),
        }

    def fields_of_announcement(self, row: dict[str, Any]) -> dict[str, Any]:
        return {"number": row.get("number", "")}

    def fields_of_infographic(self, row: dict[str, Any]) -> dict[str, Any]:
        return {"text": row["text"]}

    def fields_of_video(self, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "recording": store_recording(self.office, MEDIA, row),
            "transcript": paragraphs(row.get("transcript", "")),
        }

    def fields_of_standard(self, row: dict[str, Any]) -> dict[str, Any]:
        return {"show_in_menus": True}

    def fields_of_profile(self, row: dict[str, Any]) -> dict[str, Any]:
        return {"part": row["profile_kind"], "show_in_menus": True}

    def add_parts(self, page: Any, row: dict[str, Any]) -> None:
        """Rows that belong to the page: photos of a story, people."""
        for part in row.get("photos", ()):
            photo = self.photos[part["image"]]
            page.photos.add(models.StoryPhoto(photo=photo, caption=part["caption"]))
            page.photo = page.photo or photo
        for person in row.get("people", ()):
            page.people.add(
                models.ProfilePerson(
                    name=person["name"],
                    position=person["position"],
                    division=person.get("division") or "",
                )
            )

    def update_contact(self, fields: dict[str, Any]) -> None:
        """The contact page stands since the office was opened."""
        page = models.ContactPage.objects.child_of(self.home).get()
        for name in ("title", "lead", "body", "mandatory"):
            if fields.get(name):
                setattr(page, name, fields[name])
        page.save()


BODY_KINDS = {"article", "announcement", "standard", "profile", "contact"}


def paragraphs(text: str) -> str:
    """Plain text as paragraphs; HTML stays as it is."""
    if text.lstrip().startswith("<"):
        return text
    return "".join(f"<p>{part.strip()}</p>" for part in text.split("\n\n") if part.strip())


def _table(value: dict[str, Any]) -> dict[str, Any]:
    """Header and rows of plain cells, as a typed table block takes them."""
    return {
        "columns": [{"type": "text", "heading": head} for head in value["header"]],
        "rows": [{"values": list(row)} for row in value["rows"]],
        "caption": value.get("caption", ""),
    }
