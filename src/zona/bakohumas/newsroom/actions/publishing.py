"""From a draft to the public: the website first, then the channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from zona.bakohumas.agenda.policies.coverage import check_may_write
from zona.bakohumas.agenda.rules.duties import highest_risk
from zona.bakohumas.channels.actions.posts import queue
from zona.bakohumas.channels.models import Channel
from zona.bakohumas.checker.gate import ask_gate, note_passing
from zona.ground.journal.actions import record
from zona.offices.models import User
from zona.website.site.models import ArticlePage, BasePage

from ..bodies import body_text
from ..models import ItemPlan
from ..policies.approval import next_step
from ..policies.writing import get_article_for
from ..rules import writing as rules

BY_LINK = "peninjau lewat tautan"  # the actor in the journal, which is in Indonesian


def missing_for_publishing(page: ArticlePage) -> list[str]:
    """What keeps a draft from being published at all, in words."""
    text = body_text(page)
    missing = []
    if not page.lead.strip():
        missing.append(_("Write the lead: who did what, when and where."))
    if not page.body:
        missing.append(_("Write the text."))
    guiding = rules.leftovers(page.title, page.lead, text or str(page.body), page.caption)
    if guiding:
        missing.append(
            _("Replace or delete the guiding texts in braces: %(texts)s")
            % {"texts": " ".join(guiding[:3])}
        )
    return missing


@transaction.atomic
def publish_item(
    *,
    actor: User,
    page: BasePage,
    channels: list[Channel] | None = None,
    risk: str | None = None,
    reasons: Mapping[str, str] | None = None,
) -> ArticlePage:
    """Put the newest version of an article on the website, and into the outbox of its channels.

    Whoever writes for the office may publish where its rule asks nobody else. `reasons` override
    findings of the checker that hold the item back. Raises PermissionDenied where somebody else
    has to agree, ValidationError for what is missing.
    """
    article = get_article_for(actor, page.pk)
    check_may_write(actor, article.office)
    risk = highest_risk([risk or "low", risk_of(article)])
    if next_step(actor, article, risk) != "publish":
        raise PermissionDenied
    answer = ask_gate(article, reasons)
    missing = missing_for_publishing(article) or answer.blocked
    if missing:
        raise ValidationError(missing)
    note_passing(actor, article, answer)
    put_public(actor=actor, page=article, channels=channels, risk=risk)
    published: ArticlePage = ArticlePage.objects.get(pk=article.pk)
    return published


@transaction.atomic
def put_public(
    *,
    actor: User | None,
    page: BasePage,
    channels: list[Channel] | None,
    risk: str,
    revision: Revision | None = None,
) -> None:
    """The last step, when whoever had to agree has agreed: no question is asked any more.

    `page` as its `revision` has it, which is the newest one unless another is named. `actor` None:
    somebody without an account.
    """
    plan, _is_new = ItemPlan.objects.get_or_create(page_id=page.pk, defaults={"by": actor})
    if channels is not None:
        plan.channels = sorted(row.pk for row in channels if row.office_id == page.office_id)
    plan.by = actor or plan.by
    plan.save()
    page.is_being_drafted = False
    page.full_clean()
    revision = revision or page.get_latest_revision() or page.save_revision(user=actor)
    was_live = page.live
    revision.publish(user=actor, skip_permission_checks=True)
    record(
        actor=actor or BY_LINK,
        verb="newsroom.item_published",
        target=page,
        office_code=page.office.code,
        changes={"live": [was_live, True], "risk": [None, risk], "channels": [[], plan.channels]},
    )


def risk_of(page: BasePage) -> str:
    """The gravest risk of the events' kinds, or the one to which the writer raised it."""
    plans = ItemPlan.objects.filter(page_id=page.pk).values_list("risk", "least_risk")
    raised = [risk for plan in plans for risk in plan if risk]
    return highest_risk([*_risks_of_events(page), *raised])


def _risks_of_events(page: BasePage) -> Iterable[str]:
    return page.coverages.values_list("participation__event__kind__risk", flat=True)


def keep_risk(page: BasePage) -> None:
    """Note the risk that its events give an item, before one of them goes or changes."""
    plan, _is_new = ItemPlan.objects.get_or_create(page_id=page.pk)
    plan.least_risk = highest_risk([plan.least_risk or "low", *_risks_of_events(page)])
    plan.save(update_fields=["least_risk"])


@transaction.atomic
def tell_planned_channels(page: BasePage) -> None:
    """By whatever way an item came out, the channels of its plan hear of it, each once."""
    plan = ItemPlan.objects.select_for_update().filter(page_id=page.pk).first()
    if plan is None:
        return
    news = [key for key in plan.channels if key not in plan.queued]
    if not news:
        return
    plan.queued = [*plan.queued, *news]
    plan.save(update_fields=["queued"])
    actor, page_id = plan.by, page.pk
    tell_channels(actor, page_id, news)


# --- what the channels are told ---------------------------------------


def tell_channels(actor: User | None, page_id: int, channel_ids: list[int]) -> None:
    """Put the item into the outbox of the channels, as was planned before it came out."""
    page = BasePage.objects.select_related("office").get(pk=page_id)
    chosen = list(Channel.objects.filter(pk__in=channel_ids))
    queue(actor=actor, page=page, channels=chosen, is_planned=True)
