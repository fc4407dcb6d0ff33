"""What tests of links for reviewing begin from: an item that waits, links, codes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from zona.bakohumas.newsroom.actions import approval, review_links, reviewers, writing
from zona.bakohumas.newsroom.models import NewsroomSettings, Review, Reviewer, ReviewLink
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person, open_home
from zona.website.site.models import BasePage

PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile"}
FIELDS = {
    "title": "KPU Magelang Tetapkan Daftar Pemilih",
    "lead": "KPU Kabupaten Magelang menetapkan daftar pemilih, Kamis (21/8/2025).",
    "text": "Ketua KPU membuka rapat.",
    "risk": "medium",
}


@pytest.fixture
def office() -> Office:
    office = make_office("33.08", "Kabupaten Magelang")
    open_home(office)
    NewsroomSettings.objects.create(office=office, approval_medium="editor", approval_high="leader")
    return office


@pytest.fixture
def reporter(office: Office) -> Any:
    return make_person("rina@kpu.test", Role.REPORTER, office=office)


@pytest.fixture
def review(office: Office, reporter: Any) -> Review:
    page = writing.begin(actor=reporter, office=office, fields=FIELDS)
    return approval.ask(actor=reporter, page=page, note="Mohon dibaca")


@pytest.fixture
def phone() -> Client:
    return Client(**PHONE)


@pytest.fixture
def admin(office: Office) -> Any:
    return make_person("admin@kpu.test", Role.OFFICE_ADMIN, office=office)


@pytest.fixture
def letters_leave(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in ("views", "staff.review_links", "staff.approval", "staff.house_rules"):
        monkeypatch.setattr(f"zona.bakohumas.newsroom.{where}.mail_leaves", lambda: True)


def register(admin: Any, office: Office, name: str = "Ibu Sekretaris", **fields: str) -> Reviewer:
    email = fields.get("email", f"{name.split()[-1].lower()}@warga.test")
    return reviewers.register_reviewer(actor=admin, office=office, name=name, email=email)


def link_for(
    review: Review, reporter: Any, name: str = "Ibu Sekretaris", *, decides: bool = True
) -> tuple[ReviewLink, str]:
    reviewer = None
    if decides:
        admin = User.objects.filter(email="admin@kpu.test").first() or make_person(
            "admin@kpu.test", Role.OFFICE_ADMIN, office=review.office
        )
        reviewer = register(admin, review.office, name)
    link, token = review_links.make_link(
        actor=reporter, review=review, name=name, way="email", reviewer=reviewer
    )
    return link, reverse("newsroom:review_link", args=[token])


def ask_pin(phone: Client, url: str) -> str:
    """The code that goes to the person's address."""
    before = len(mail.outbox)
    assert phone.post(url, {"tindakan": "kode", "name": "x", "seen": "x"}).status_code == 200
    assert len(mail.outbox) == before + 1
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def decide(phone: Client, url: str, data: dict[str, str], **extra: Any) -> Any:
    """A decision with the code that belongs to it."""
    return phone.post(url, data | {"pin": ask_pin(phone, url)}, **extra)


def word(review: Review, what: str = "setujui", **fields: str) -> dict[str, str]:
    review.refresh_from_db()
    seen = approval.stamp_of(review.revision)
    return {"tindakan": what, "name": "Ibu Sekretaris", "seen": seen} | fields


def is_live(review: Review) -> bool:
    return BasePage.objects.get(pk=review.page_id).live
