"""Opening an office on this installation: its directories, its home and what belongs there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Site

from zona.ground.journal.actions import record
from zona.offices.models import Level, Office

from ..models import BasePage, ContactPage, DirectoryPage, HomePage, IndexPage, Rubric
from ..signals import office_opened

COUNTRY = "Indonesia"
FIRST_RUBRICS = ("Berita", "Sosialisasi", "Pengumuman")


@transaction.atomic
def open_office(*, actor: object, office: Office) -> HomePage:
    """Give the office its home in the tree; a second call changes nothing.

    Makes the directory pages above as needed, the home, the news list and the contact page.
    """
    home = HomePage.objects.filter(office=office).first()
    if home:
        return home
    parent = _directory_of(office)
    home = _add(parent, HomePage(title=office.short_name, slug=_home_slug(office), office=office))
    _add(home, IndexPage(title="Kabar", slug="kabar", office=office, show_in_menus=True))
    _add(home, ContactPage(title="Kontak", slug="kontak", office=office, show_in_menus=True))
    Office.objects.filter(pk=office.pk).update(is_open=True)
    office.is_open = True
    record(actor=actor, verb="site.office_opened", target=office, office_code=office.code)
    office_opened.send(Office, office=office)
    return home


def ensure_country() -> DirectoryPage:
    """The directory page Indonesia: root of the default site, made on first need."""
    country = DirectoryPage.objects.filter(depth=2).first()
    if country:
        return country
    root = BasePage.objects.get(depth=1)
    for welcome in root.get_children().filter(depth=2):
        Site.objects.filter(root_page=welcome).delete()
        welcome.delete()
    root.refresh_from_db()
    country = _add(root, DirectoryPage(title=COUNTRY, slug="indonesia"))
    _drop_first_groups()
    Site.objects.create(
        hostname="localhost", port=80, root_page=country, is_default_site=True, site_name="Zona"
    )
    return country


def _drop_first_groups() -> None:
    """Take away the groups that Wagtail starts with: roles give all rights."""
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()


def ensure_rubric(office: Office, title: str) -> Rubric:
    """The office's rubric of that name, made on first need."""
    rubric, _made = Rubric.objects.get_or_create(
        office=office, slug=slugify(title)[:60], defaults={"title": title[:60]}
    )
    return rubric


def _directory_of(office: Office) -> DirectoryPage:
    """KPU RI stands beside the provinces; all others in the directory of their province."""
    country = ensure_country()
    if office.level == Level.NATIONAL:
        return country
    province = office.parent if office.parent and office.level != Level.PROVINCE else office
    directory = DirectoryPage.objects.child_of(country).filter(slug=province.slug).first()
    return directory or _add(country, DirectoryPage(title=province.region, slug=province.slug))


def _home_slug(office: Office) -> str:
    return "provinsi" if office.level == Level.PROVINCE else office.slug


def _add(parent: BasePage, page: Any) -> Any:
    """Add below and publish now. The parent is read afresh: its child count may be old."""
    fresh = type(parent).objects.get(pk=parent.pk)
    page.first_published_at = page.last_published_at = timezone.now()
    fresh.add_child(instance=page)
    return page
