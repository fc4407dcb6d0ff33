"""The one screen on which an item is written, kept and published."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zona.bakohumas.agenda.models import Participation
from zona.bakohumas.agenda.policies.coverage import get_participation_for, may_write
from zona.bakohumas.agenda.rules.duties import highest_risk
from zona.bakohumas.agenda.staff.places import event_url, tasks_url
from zona.bakohumas.channels.models import Channel
from zona.bakohumas.checker.checking import check_page
from zona.bakohumas.checker.gate import reasons_in
from zona.offices.models import Office, User
from zona.offices.policies import visible_offices
from zona.offices.views.office import actor_of, breadcrumbs
from zona.website.site.files.photo_form import USUAL, cautions_of
from zona.website.site.models import ArticlePage, BasePage
from zona.website.site.policies import get_page_for

from ..actions import keys, publishing
from ..actions import writing as actions
from ..bodies import body_text
from ..forms.writing import PHOTO_FIELDS, WritingForm
from ..models import ItemPlan
from ..policies.approval import may_decide, next_step
from ..policies.writing import get_article_for
from ..queries import writing as queries
from ..queries.approval import last_review
from . import places


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, participation_id: int) -> HttpResponse:
    """Begin an item on an event, or go on with the one that was begun."""
    user = actor_of(request)
    participation = get_participation_for(user, participation_id)
    draft = actions.draft_of(user, [participation.pk])
    if request.method == "GET":
        if draft is not None:
            return redirect("newsroom_staff:write_item", page_id=draft.pk)
        begun = _begun_by_another(participation)
        if begun is not None and "baru" not in request.GET and _may_edit(user, begun):
            return redirect("newsroom_staff:write_item", page_id=begun)
    screen = Screen(request, user, participation.office, draft, [participation])
    return screen.answer()


@require_http_methods(["GET", "POST"])
def write_new(request: HttpRequest, code: str) -> HttpResponse:
    """Story first: an item of which no agenda entry knows."""
    user = actor_of(request)
    office = visible_offices(user).filter(code=code, is_open=True).first()
    if office is None or not may_write(user, office):
        raise Http404
    return Screen(request, user, office, None, []).answer()


@require_http_methods(["GET", "POST"])
def write_item(request: HttpRequest, page_id: int) -> HttpResponse:
    """Go on with an item."""
    user = actor_of(request)
    try:
        page = get_article_for(user, page_id)
    except PermissionDenied:
        return _refuse_late(request, user, page_id)
    if not may_write(user, page.office):
        raise PermissionDenied
    rows = Participation.objects.filter(coverages__page_id=page.pk)
    events = list(rows.select_related("event__kind", "event__office", "office"))
    return Screen(request, user, page.office, page, events).answer()


@require_safe
def find_writing(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """What became of a text that a browser has kept: where it is, and how new."""
    row = queries.find_writing(actor_of(request), key)
    if row is None:
        raise Http404
    url = reverse("newsroom_staff:write_item", args=[row.page_id]) if row.page_id else ""
    return JsonResponse({"url": url, "page": row.page_id, "sequence": row.sequence})


def _refuse_late(request: HttpRequest, user: User, page_id: int) -> HttpResponse:
    """What a form open elsewhere saves after the item was scheduled, which locks it."""
    page = get_page_for(user, page_id)
    stage = keys.stage_of(page)
    if request.method != "POST" or not _wants_json(request) or stage != "scheduled":
        raise PermissionDenied
    words = keys.what_happened(user, page, stage)
    return JsonResponse({"errors": {"__all__": [words]}}, status=409)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _begun_by_another(participation: Participation) -> int | None:
    rows = participation.coverages.filter(page__kind="article", page__live=False)
    return rows.order_by("-linked_at").values_list("page_id", flat=True).first()


def _may_edit(user: User, page_id: int) -> bool:
    try:
        get_article_for(user, page_id)
    except (Http404, PermissionDenied):
        return False
    return True


class Screen:
    """One request to the writing screen: what it shows, keeps and leads to."""

    def __init__(
        self,
        request: HttpRequest,
        user: User,
        office: Office,
        page: ArticlePage | None,
        participations: Sequence[Participation],
    ) -> None:
        self.request, self.user, self.office = request, user, office
        self.page, self.participations = page, list(participations)
        self.channels: list[Channel] = queries.channels_of(office)
        self.kinds = [row.event.kind for row in self.participations]
        self.plan = ItemPlan.objects.filter(page_id=page.pk).first() if page else None
        kept = (self.plan.least_risk if self.plan else "") or "low"
        self.least_risk = highest_risk([kept, *(kind.risk for kind in self.kinds)])
        self.has_rich_body = page is not None and body_text(page) is None

    def answer(self) -> HttpResponse:
        if self.request.method == "GET":
            return self.show(self.form(initial=self.initial()))
        form = self.form(self.request.POST, self.request.FILES)
        is_valid = form.is_valid()
        try:
            self.keep(form)
        except keys.Overtaken as overtaken:
            return self.refuse(form, overtaken)
        twins = self.twins(form)
        if _wants_json(self.request):
            return self.tell(form, twins)
        if not is_valid or (twins and self.request.POST.get("tindakan") == "terbitkan"):
            return self.show(form, status=422, twins=twins)
        if self.request.POST.get("tindakan") == "terbitkan":
            return self.publish(form)
        messages.success(self.request, _("The draft is kept."))
        return redirect("newsroom_staff:write_item", page_id=self.item.pk)

    @property
    def item(self) -> ArticlePage:
        if self.page is None:
            raise Http404
        return self.page

    def form(self, *data: Any, **options: Any) -> WritingForm:
        photo = self.page.photo if self.page else None
        return WritingForm(
            *data,
            office=self.office,
            channels=self.channels,
            least_risk=self.least_risk,
            has_rich_body=self.has_rich_body,
            keeps_photo=photo is not None and photo.uploaded_by_user_id != self.user.pk,
            **options,
        )

    def keep(self, form: WritingForm) -> None:
        """Keep whatever can be kept; what has a mistake stays in the form."""
        self.page = actions.keep(
            actor=self.user,
            office=self.office,
            page=self.page,
            participations=self.participations,
            fields=form.typed(),
            writing=actions.Writing(
                key=form.cleaned_data.get("key"),
                sequence=form.cleaned_data.get("sequence") or 0,
                base=form.cleaned_data.get("base") or "",
            ),
        )

    def twins(self, form: WritingForm) -> list[BasePage]:
        """Other items with the same title, until the writer has said that this is another one."""
        if form.cleaned_data.get("same_title") or self.item.first_published_at is not None:
            return []
        return queries.twins_of(self.item)

    def publish(self, form: WritingForm) -> HttpResponse:
        """Publish, or lead to where approval is asked for."""
        page, risk = self.item, form.cleaned_data.get("risk") or self.least_risk
        missing = publishing.missing_for_publishing(page)
        if not missing:
            if next_step(self.user, page, risk) == "ask":
                return redirect(places.ask_url(page))
            chosen = set(form.cleaned_data["channels"])
            try:
                published = publishing.publish_item(
                    actor=self.user,
                    page=page,
                    channels=[row for row in self.channels if row.pk in chosen],
                    risk=risk,
                    reasons=reasons_in(self.request.POST),
                )
            except ValidationError as error:
                missing = error.messages
            else:
                return self.lead_on(published)
        for word in missing:
            form.add_error(None, word)
        return self.show(form, status=422)

    def lead_on(self, page: ArticlePage) -> HttpResponse:
        if page.live:
            messages.success(self.request, _("“%(title)s” is public.") % {"title": page.title})
            return redirect(places.after_publication(self.user, page))
        messages.success(
            self.request, _("“%(title)s” comes out by itself.") % {"title": page.title}
        )
        return redirect(tasks_url(self.office))

    def tell(self, form: WritingForm, twins: Sequence[BasePage]) -> JsonResponse:
        """What the script needs to go on: where the draft is, and what could not be kept."""
        photo = self.item.photo
        wrong = form.errors.items()
        return JsonResponse(
            {
                "url": reverse("newsroom_staff:write_item", args=[self.item.pk]),
                "page": self.item.pk,
                "base": keys.version_of(self.item),
                "at": timezone.localtime(timezone.now(), self.office.tz).strftime("%H.%M.%S"),
                "photo": photo.title if photo and "photo" in form.typed() else "",
                "errors": {name: list(words) for name, words in wrong},
                "labels": {
                    name: str(form[name].label) for name, _words in wrong if name in form.fields
                },
                "twins": [_twin(twin) for twin in twins],
            }
        )

    def refuse(self, form: WritingForm, overtaken: keys.Overtaken) -> HttpResponse:
        words = _("%(what)s Copy what you wrote, open the draft anew and put it in.")
        told = words % {"what": overtaken.words}
        if _wants_json(self.request):
            choice = _choice_of(overtaken.page) if overtaken.page else {}
            why = overtaken.words if choice else told
            return JsonResponse({"errors": {"__all__": [why]}} | choice, status=409)
        form.add_error(None, told)
        return self.show(form, status=409, other=overtaken.page)

    def initial(self) -> dict[str, Any]:
        credit = {"credit": f"Humas {self.office.short_name}"}
        usual = {"seen": USUAL["people"], "consent": USUAL["consent"], "risk": self.least_risk}
        if self.page is None:
            values: dict[str, Any] = {"dateline": queries.dateline_of(self.office)}
            if self.participations:
                values = actions.first_fields(self.participations[0], values["dateline"])
            wanted = {code for kind in self.kinds for code in kind.channels}
            ticked = queries.ticked_by_default(self.channels, wanted)
            return credit | usual | values | {"channels": ticked}
        return credit | usual | _values_of(self.page, self.office) | self._planned()

    def _planned(self) -> dict[str, Any]:
        if self.plan is None:
            return {"channels": queries.ticked_by_default(self.channels, [])}
        risk = highest_risk([self.plan.risk or "low", self.least_risk])
        return {"channels": self.plan.channels, "risk": risk}

    def show(
        self,
        form: WritingForm,
        status: int = 200,
        twins: Sequence[BasePage] = (),
        other: BasePage | None = None,
    ) -> HttpResponse:
        """The screen; `twins`: items with the same title; `other`: what the text belongs to."""
        page = self.page
        risk = form.data.get("risk") or form.initial.get("risk") or self.least_risk
        step = next_step(self.user, page, risk) if page else self._first_step(risk)
        title = _("Write")
        first = self.participations[0] if self.participations else None
        trail = [(event_url(first), first.event.title)] if first else []
        return TemplateResponse(
            self.request,
            "newsroom/writing/write.html",
            {
                "header_title": title,
                "header_icon": "edit",
                "breadcrumbs_items": breadcrumbs(*trail, ("", title)),
                "office": self.office,
                "page_item": page,
                "participations": self.participations,
                "kind": self.kinds[0] if self.kinds else None,
                "form": form,
                "photo_fields": [form[name] for name in PHOTO_FIELDS if name in form.fields],
                "queued": set(self.plan.queued) if self.plan else set(),
                "step": step,
                **self._approval(),
                "has_rich_body": self.has_rich_body,
                "cautions": cautions_of(page.photo) if page and page.photo else [],
                "store": f"item-{page.pk}" if page else self._store(),
                "elsewhere": self._store() if page and self.participations else "",
                **self._form_key(form, status),
                "find_url": reverse("newsroom_staff:find_writing", args=[uuid.UUID(int=0)]),
                "twins": [_twin(twin) for twin in twins],
                "other": other,
                "check_url": reverse("checker:check", args=[self.office.code]),
                "checked": check_page(page, reasons_in(self.request.POST)) if page else None,
            },
            status=status,
        )

    def _form_key(self, form: WritingForm, status: int) -> dict[str, Any]:
        """A key for each form that is opened; what comes back with a question keeps its own.

        It may have made its draft by then, and with another key the next press makes a second.
        """
        if status == 409:
            return {name: self.request.POST.get(name, "") for name in ("key", "sequence", "base")}
        base = keys.version_of(self.page) if self.page else ""
        sent = form.cleaned_data if form.is_bound else {}
        key, sequence = sent.get("key") or uuid.uuid4(), sent.get("sequence") or 0
        return {"key": key, "sequence": sequence, "base": base}

    def _approval(self) -> dict[str, Any]:
        """Whether the item waits or came back, and whether it is the person's turn."""
        review = last_review(self.page) if self.page else None
        return {"review": review, "decides": review and may_decide(self.user, review)}

    def _first_step(self, risk: str) -> str:
        blank = ArticlePage(title="", owner=self.user, office=self.office)
        return next_step(self.user, blank, risk)

    def _store(self) -> str:
        """Under which name a browser keeps what was typed before there was a draft."""
        events = "-".join(str(row.pk) for row in self.participations)
        return f"event-{events}" if events else f"new-{self.office.code}"


def _choice_of(page: BasePage) -> dict[str, str]:
    """What lets a writer take their own words for a draft that was saved elsewhere meanwhile."""
    if keys.stage_of(page) != "draft":
        return {}
    url = reverse("newsroom_staff:write_item", args=[page.pk])
    return {"base": keys.version_of(page), "url": url}


def _twin(page: BasePage) -> dict[str, Any]:
    """An item with the same title, as screens name it."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if page.kind == ArticlePage.kind_name:
        url = reverse("newsroom_staff:write_item", args=[page.pk])
    state = _("published") if page.live else _("draft")
    return {"title": page.draft_title or page.title, "url": url, "state": state}


def _values_of(page: ArticlePage, office: Office) -> dict[str, Any]:
    """The fields of the screen as the newest version has them."""
    values: dict[str, Any] = {name: getattr(page, name) for name in actions.PLAIN}
    live_at = page.go_live_at
    values |= {
        "title": page.title,
        "text": body_text(page) or "",
        "rubric": page.rubric_id,
        "tags": ", ".join(tag.name for tag in page.tags.all()),
        "go_live_at": live_at.astimezone(office.tz).replace(tzinfo=None) if live_at else None,
    }
    photo = page.photo
    if photo is not None:
        values |= {
            name: getattr(photo, to) for name, to in actions.PHOTO.items() if getattr(photo, to)
        }
        values |= {"has_children": photo.has_children}
    return values
