"""Who decides about an item that waits, and whether a person may publish without asking."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404
from wagtail.models import Revision

from zona.bakohumas.agenda.policies.events import people_of
from zona.bakohumas.checker.drafting import draft_of_page, strings_in
from zona.offices.models import Office, RoleAssignment, User
from zona.offices.policies import may_administer, offices_where, roles_of, today
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage

from ..models import Deputy, NewsroomSettings, Review, ReviewLink, Verdict
from ..rules import approval as rules

SHOWN_WORDS = 20  # as many count for one picture or file
MOST_VERSIONS = 30  # of one text that are compared; an autosave writes over its last one


@dataclass(frozen=True)
class Standing:
    """That a person may decide; as a deputy, for whom."""

    for_whom: str = ""


@dataclass(frozen=True)
class Board:
    """The people of an office today, with their roles and those they stand in for."""

    people: Mapping[int, User]
    own: Mapping[int, Collection[str]]  # person -> roles in the office itself
    held: Mapping[int, Collection[str]]  # person -> roles that hold there, those from above too
    stand_ins: Mapping[int, Collection[int]] = field(default_factory=dict)  # deputy -> persons

    @classmethod
    def of(cls, office: Office) -> Board:
        """Two queries."""
        above = [office.pk, *_above(office)]
        rows = (
            RoleAssignment.objects.in_force(today())
            .filter(office__in=above, user__is_active=True)
            .select_related("user")
        )
        people: dict[int, User] = {}
        own, held = defaultdict(set), defaultdict(set)
        for row in rows:
            if row.office_id != office.pk and not row.covers_below:
                continue
            people[row.user_id] = row.user
            held[row.user_id].add(str(row.role))
            if row.office_id == office.pk:
                own[row.user_id].add(str(row.role))
        stand_ins = defaultdict(set)
        day = today()
        away = Deputy.objects.filter(office=office, starts_on__lte=day, ends_on__gte=day)
        for person, deputy in away.values_list("person_id", "deputy_id"):
            stand_ins[deputy].add(person)
        return cls(people, dict(own), dict(held), dict(stand_ins))

    def standing(self, person: User, step: str, writer: int | None) -> Standing | None:
        """How the person may decide the step of an item by `writer`; None: not at all."""
        if person.pk == writer or not person.is_active:
            return None
        if person.is_superuser:
            return Standing()
        deciding = self._deciding(step, writer)
        if deciding & set(self.held.get(person.pk, ())):
            return Standing()
        if person.pk not in self.held:  # a deputy without a role any more
            return None
        for away in sorted(self.stand_ins.get(person.pk, ())):
            if away != writer and deciding & set(self.held.get(away, ())):
                return Standing(str(self.people[away]))
        return None

    def may(self, person: User, writer: int | None) -> set[str]:
        """The steps that the person may decide."""
        return {step for step in rules.LADDER if self.standing(person, step, writer)}

    def deciders(self, step: str, writer: int | None) -> list[tuple[User, Standing]]:
        """The office's people who may decide the step today, by name."""
        found = [
            (person, standing)
            for person in self.people.values()
            if person.pk in self.own and (standing := self.standing(person, step, writer))
        ]
        return sorted(found, key=lambda row: row[0].name)

    def _deciding(self, step: str, writer: int | None) -> set[str]:
        present = {role for key, roles in self.own.items() if key != writer for role in roles}
        return set(rules.deciding_roles(step, present))


def _above(office: Office) -> list[int]:
    parent = office.parent
    if parent is None:
        return []
    return [parent.pk, *([parent.parent_id] if parent.parent_id else [])]


def settings_of(office: Office) -> NewsroomSettings:
    """The office's row, or an unsaved one with the defaults."""
    found = NewsroomSettings.objects.filter(office=office).first()
    return found or NewsroomSettings(office=office)


def approval_for(office: Office, risk: str) -> str:
    """What the office's rule asks for a risk: none, editor or leader."""
    row = settings_of(office)
    return str(
        {"low": row.approval_low, "medium": row.approval_medium, "high": row.approval_high}[risk]
    )


def writer_of(page: BasePage) -> int | None:
    """Who began the draft or, when the page is public already, the change since then."""
    if page.pk and page.live_revision_id:
        kind = ContentType.objects.get_for_model(BasePage)
        since = Revision.objects.filter(
            base_content_type=kind, object_id=str(page.pk), pk__gt=page.live_revision_id
        )
        return since.order_by("pk").values_list("user_id", flat=True).first()
    return page.owner_id


def has_written(actor: User, page: BasePage) -> bool:
    """Whether the newest text is the actor's own work, whoever began the draft.

    To correct another's text is no authorship; to write more than a fifth of it is. Two people
    must have had a hand in what comes out, and an empty draft begun by a colleague is no hand.
    """
    rows = _versions(page)
    return rows.filter(user=actor).exists() and actor.pk in _authors(page, rows)


def authors_of(page: BasePage) -> set[int]:
    """The people who wrote more than a fifth of the newest text each."""
    return _authors(page, _versions(page))


def _versions(page: BasePage) -> QuerySet[Revision]:
    """The saved texts that are not public yet, and the public one below them."""
    kind = ContentType.objects.get_for_model(BasePage)
    rows = Revision.objects.filter(base_content_type=kind, object_id=str(page.pk))
    return rows.filter(pk__gte=page.live_revision_id) if page.live_revision_id else rows


def _authors(page: BasePage, rows: QuerySet[Revision]) -> set[int]:
    versions = [
        (None if row.pk == page.live_revision_id else row.user_id, _words_of(row))
        for row in reversed(rows.order_by("-pk")[:MOST_VERSIONS])
    ]
    return {
        person
        for person in {by for by, _text in versions if by is not None}
        if rules.own_share([(by == person, text) for by, text in versions]) > rules.OWN_SHARE
    }


def _words_of(revision: Revision) -> str:
    """All that the public will see of a version, as words: tables and captions, and what is shown.

    A picture or a file counts as much as a short paragraph, and is no other's for its caption.
    """
    page = revision.as_object()
    draft = draft_of_page(page)
    words = [draft.title, draft.lead, *draft.paragraphs, *(row.caption for row in draft.photos)]
    rows = getattr(page, "photos", None)
    photos = [page.photo_id, *(row.photo_id for row in (rows.all() if rows is not None else ()))]
    shown = [f"photo:{number}" for number in photos if number]
    for block in getattr(page, "body", ()) or ():
        if block.block_type not in ("paragraph", "heading", "quote"):
            raw = block.get_prep_value()["value"]
            words += re.findall(r"[^\s<>]+", " ".join(strings_in(raw)))
            shown += [f"{block.block_type}:{number}" for number in _numbers_in(raw)]
    return " ".join([*words, *(mark for mark in shown for _word in range(SHOWN_WORDS))])


def _numbers_in(raw: Any) -> Iterator[int]:
    """The numbers of pictures, files and recordings that a block shows."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        yield raw
    elif isinstance(raw, Mapping | list):
        for part in raw.values() if isinstance(raw, Mapping) else raw:
            yield from _numbers_in(part)


def may_decide_by(link: ReviewLink) -> bool:
    """Whether a link may approve or return: another person registered whoever holds it.

    Nobody may have registered, in whatever name, an address for an item that is theirs: begun,
    asked about, or written in more than a fifth.
    """
    reviewer = link.reviewer
    if reviewer is None or reviewer.ended_at or reviewer.office_id != link.review.office_id:
        return False
    page = link.review.page
    people = {writer_of(page), link.review.asked_by_id, *authors_of(page)}
    concerned = {person for person in people if person is not None}
    if reviewer.noted_by_id is None or reviewer.noted_by_id in concerned:
        return False
    own = User.objects.filter(pk__in=concerned).values_list("email", flat=True)
    address = reviewer.email.strip().lower()
    return bool(address) and address not in {email.strip().lower() for email in own}


def next_step(actor: User, page: BasePage, risk: str) -> str:
    """ "publish" or "ask", by the office's rule for the risk. Pages that are no items: publish."""
    if not is_item(page):
        return "publish"
    steps = rules.STEPS[approval_for(page.office, risk)]
    if not steps:
        return "publish"
    # Nothing was changed since it came out: whoever publishes now is the writer.
    writer = writer_of(page) or (actor.pk if page.live_revision_id else None)
    may = Board.of(page.office).may(actor, writer)
    is_writer = actor.pk == writer or has_written(actor, page)
    return rules.what_next(steps, is_writer=is_writer, may=may)


def is_item(page: BasePage) -> bool:
    """Whether the office's rule holds for pages of this kind."""
    return (page.kind or page.kind_name) in KINDS and page.office_id is not None


# --- reviews --------------------------------------------------------------------------------------


def reviewed_offices(actor: User) -> list[Office]:
    """The open offices in which the actor sees what waits."""
    return list(offices_where(actor).filter(is_open=True, abolished_on=None))


def may_see(actor: User, office: Office) -> bool:
    """Drafts are for the office's own people and those from above who work there."""
    return actor.is_superuser or bool(roles_of(actor, office))


def get_review_for(actor: User, review_id: int) -> Review:
    """A review of an office in which the actor works. Raises Http404."""
    rows = Review.objects.select_related("office__parent", "page", "revision__user", "asked_by")
    review = rows.filter(pk=review_id, office__is_open=True).first()
    if review is None or not may_see(actor, review.office):
        raise Http404
    review.page.office = review.office
    return review


def get_reviewing_office_for(actor: User, code: str) -> Office:
    """The office whose waiting items the actor sees. Raises Http404."""
    rows = offices_where(actor).select_related("parent").filter(is_open=True)
    office = rows.filter(code=code).first()
    if office is None:
        raise Http404
    return office


def steps_done(review: Review) -> int:
    """How many of the review's steps are settled."""
    agreed = [
        review.steps.index(row.step)
        for row in review.verdicts.all()
        if row.decision == Verdict.Decision.APPROVE and row.step in review.steps
    ]
    return max(agreed, default=-1) + 1


def current_step(review: Review) -> str:
    """The step that waits."""
    return str(review.steps[min(steps_done(review), len(review.steps) - 1)])


def may_decide(actor: User, review: Review) -> bool:
    """Whether the review waits for the actor."""
    if review.state != Review.State.WAITING:
        return False
    standing = Board.of(review.office).standing(actor, current_step(review), writer_of(review.page))
    return standing is not None


def may_withdraw(actor: User, review: Review, board: Board) -> bool:
    """Whoever asked or wrote, and whoever may decide."""
    writer = writer_of(review.page)
    return (
        actor.pk in (review.asked_by_id, writer)
        or board.standing(actor, current_step(review), writer) is not None
    )


# --- deputies and settings -----------------------------------------------------------------------


def may_name_deputy(actor: User, office: Office, person: User) -> bool:
    """For oneself, where one works; for others the administrator."""
    if may_administer(actor, office):
        return True
    return actor.pk == person.pk and people_of(office).filter(pk=actor.pk).exists()
