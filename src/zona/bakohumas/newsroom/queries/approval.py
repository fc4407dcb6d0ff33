"""What the screens of approval read. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision

from zona.bakohumas.checker.drafting import draft_of_page
from zona.offices.models import Office, User
from zona.website.site.models import BasePage

from ..models import Deputy, Review, Verdict
from ..policies.approval import Board, current_step
from ..rules import differences
from ..rules.differences import Paragraph, Piece

MOST = 100  # rows of one list


def waiting_in(office: Office) -> QuerySet[Review]:
    """What waits in an office, the oldest first."""
    kind = ContentType.objects.get_for_model(BasePage)
    since = Revision.objects.filter(
        base_content_type=kind,
        object_id=Cast(OuterRef("page_id"), CharField()),
        pk__gt=OuterRef("page__live_revision_id"),
    )
    rows = Review.objects.filter(office=office, state=Review.State.WAITING)
    return (
        rows.select_related("page", "asked_by")
        .prefetch_related("verdicts")
        .annotate(changed_by=Subquery(since.order_by("pk").values("user_id")[:1]))
        .order_by("asked_at")
    )


def returned_in(office: Office) -> QuerySet[Review]:
    """What was handed back and not asked for again, nor published since; newest first."""
    later = Review.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    rows = Review.objects.filter(office=office, state=Review.State.RETURNED)
    unpublished = Q(page__last_published_at=None) | Q(page__last_published_at__lt=F("decided_at"))
    return (
        rows.exclude(Exists(later))
        .filter(unpublished, page__has_unpublished_changes=True)
        .select_related("page", "asked_by")
        .prefetch_related("verdicts")
        .order_by("-decided_at")
    )


@dataclass(frozen=True)
class Line:
    """One item in a list of those that wait."""

    review: Review
    step: str
    is_mine: bool  # the person may decide now
    for_whom: str = ""


def lines_for(user: User, office: Office, rows: Iterable[Review]) -> list[Line]:
    """Rows of `waiting_in`, what the person may decide first (two queries for all, or none)."""
    rows = list(rows)
    if not rows:
        return []
    board, found = Board.of(office), []
    for review in rows:
        step = current_step(review)
        page = review.page
        writer = review.changed_by if page.live_revision_id else page.owner_id  # type: ignore[attr-defined]
        standing = board.standing(user, step, writer)
        whom = standing.for_whom if standing else ""
        found.append(Line(review, step, standing is not None, whom))
    return sorted(found, key=lambda line: not line.is_mine)


def deputies_of(office: Office, day: Any) -> QuerySet[Deputy]:
    """Deputyships that are not over."""
    rows = Deputy.objects.filter(office=office, ends_on__gte=day)
    return rows.select_related("person", "deputy").order_by("starts_on", "pk")


def waiting_for(page_id: int) -> Review | None:
    """The round in which a page waits now."""
    rows = Review.objects.filter(page_id=page_id, state=Review.State.WAITING)
    return rows.select_related("office__parent", "page", "revision").first()


def last_review(page: BasePage) -> Review | None:
    """The newest round on what is not yet public: it waits, or it came back (two queries)."""
    review = (
        Review.objects.filter(page_id=page.pk).prefetch_related("verdicts").order_by("pk").last()
    )
    if review is None or review.state == Review.State.WAITING:
        return review
    came_out, decided = page.last_published_at, review.decided_at
    is_new = came_out is None or (decided is not None and came_out < decided)
    return review if is_new and review.state == Review.State.RETURNED else None


def said_about(review: Review) -> list[Verdict]:
    """What was said about the item in this and in earlier rounds, the newest first."""
    rows = Verdict.objects.filter(review__page_id=review.page_id, review_id__lte=review.pk)
    return list(rows.select_related("review", "link__made_by").order_by("-at", "-pk")[:20])


# --- what changed ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Changes:
    """What is different in a version, against the one that was handed back or is public."""

    since: str  # "returned" or "public"
    title: tuple[Piece, ...] = ()
    lead: tuple[Piece, ...] = ()
    body: tuple[Paragraph, ...] = ()
    others: list[str] = field(default_factory=list)  # names of other fields that differ

    @property
    def has_words(self) -> bool:
        parts = (*self.title, *self.lead)
        return any(piece.kind != differences.SAME for piece in parts) or any(
            paragraph.has_changed for paragraph in self.body
        )


COMPARED = (
    "photo_id", "caption", "dateline", "place", "people", "activity_date", "rubric_id", "sign_off",
    "go_live_at", "valid_until", "number",
)  # fmt: skip


def changes_in(review: Review) -> Changes | None:
    """Against the version that was handed back last, else the public one; None: it is all new."""
    rows = Review.objects.filter(page_id=review.page_id, pk__lt=review.pk)
    last = rows.order_by("-pk").first()
    before: Revision | None = None
    since = "returned"
    if last is not None and last.state == Review.State.RETURNED:
        before = last.revision
    elif review.page.live and review.page.live_revision_id:
        before, since = review.page.live_revision, "public"
    if before is None or before.pk == review.revision_id:
        return None
    return compare(before.as_object(), review.revision.as_object(), review.office, since)


def compare(old: BasePage, new: BasePage, office: Office, since: str) -> Changes:
    old.office = new.office = office
    first, second = draft_of_page(old), draft_of_page(new)
    others = [
        str(new._meta.get_field(name.removesuffix("_id")).verbose_name)
        for name in COMPARED
        if hasattr(new, name) and getattr(old, name, None) != getattr(new, name)
    ]
    return Changes(
        since=since,
        title=differences.compare_words(first.title, second.title),
        lead=differences.compare_words(first.lead, second.lead),
        body=differences.compare_paragraphs(first.paragraphs, second.paragraphs),
        others=others,
    )
