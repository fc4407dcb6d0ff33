"""A person's desk in one office: what the person may do there, and where it begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from zona.offices.models import Office, User

from ..models import BasePage, HomePage, IndexPage
from ..queries import home_of, index_of
from . import queries


@dataclass(frozen=True)
class Desk:
    """What one person may do with the website of one office."""

    office: Office
    home: HomePage | None
    index: IndexPage | None
    may_add: bool
    may_publish: bool

    @cached_property
    def kept(self) -> list[BasePage]:
        """The pages the office has to keep up."""
        return queries.kept_pages(self.office)

    @cached_property
    def checklist(self) -> list[queries.DutyState]:
        """How the mandatory pages stand."""
        return queries.check_duties(self.office, timezone.now(), self.kept)

    @cached_property
    def planned(self) -> list[queries.Planned]:
        """What time alone will publish or take down, soonest first."""
        return queries.planned(self.office)

    @property
    def is_reader(self) -> bool:
        return not self.may_add

    @property
    def sees_all(self) -> bool:
        """Whether the work of the whole office concerns the person, not the own items alone."""
        return self.may_publish or self.is_reader

    def create_url(self, kind: str) -> str:
        """Where a new item of that page class is written; "" where the person may not."""
        if not (self.may_add and self.index):
            return ""
        return reverse("wagtailadmin_pages:add", args=["site", kind, self.index.pk])


def desk_of(user: User, office: Office) -> Desk:
    """The desk, looked up once for one request's user."""
    desks: dict[int, Desk] = user.__dict__.setdefault("_desks", {})
    if office.pk not in desks:
        home = home_of(office)
        rights = home.permissions_for_user(user) if home else None
        desks[office.pk] = Desk(
            office=office,
            home=home,
            index=index_of(home) if home else None,
            may_add=bool(rights and rights.can_add_subpage()),
            may_publish=bool(rights and rights.can_publish_subpage()),
        )
    return desks[office.pk]
