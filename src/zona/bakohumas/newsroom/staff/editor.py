"""The checker as a side panel of Wagtail's page editor."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnCreateView

from zona.bakohumas.checker.checking import Checked, check_page
from zona.offices.models import Office
from zona.offices.views.office import actor_of
from zona.website.site.kinds import KINDS
from zona.website.site.models import BasePage
from zona.website.site.staff.explorer import OfficePageViewSet

from ..actions import keys
from ..actions.writing import lock_children
from ..models import WritingKey

KEY = "zona-key"


class CheckerPanel(BaseSidePanel):
    """What the checker says of the item, and again whenever somebody has typed."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Show the checker of drafts")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = len(self.panel.checked.grave)
            return context

    name = "naskah"
    title = _("Checker of drafts")
    template_name = "checker/side_panel.html"

    def __init__(self, page: Any, request: Any, office: Office) -> None:
        super().__init__(page, request)
        self.office = office
        self.checked = check_page(page) if page.pk else Checked()

    @property
    def media(self) -> Media:
        script: Any = Script("checker/checker.js", type="module")  # the stubs know texts only
        return Media(js=[script])

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return super().get_context_data(parent_context) | {
            "office": self.office,
            "page_item": self.object if self.object.pk else None,
            "checked": self.checked,
            "check_url": reverse("checker:check", args=[self.office.code]),
            "form_id": "page-edit-form",
        }


class _WithChecker:
    """Puts the panel behind the first one, on items only."""

    page: Any
    request: Any
    expects_json_response: bool  # Wagtail's own property: a value here would stand before it

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        parent = getattr(self, "parent_page", None)
        office = self.page.office or (parent.office if parent else None)
        is_part = self.expects_json_response or getattr(self, "hydrate_create_view", False)
        if office is None or self.page.kind_name not in KINDS or is_part:
            return panels  # type: ignore[no-any-return]
        return MediaContainer(
            [*panels[:1], CheckerPanel(self.page, self.request, office), *panels[1:]]
        )


class _WithWords:
    """Tells a text that could not be saved by itself which fields stand in the way."""

    form: Any

    def json_error_response(self, error_code: str, error_message: str) -> JsonResponse:
        if error_code == "validation_error":
            error_message = _why_not_kept(self.form)
        answer: JsonResponse = super().json_error_response(error_code, error_message)  # type: ignore[misc]
        return answer


def _why_not_kept(form: Any) -> str:
    """Every field with a mistake by its name, that of inner forms too."""
    parts = [form, *(row for formset in form.formsets.values() for row in formset.forms)]
    wrong = [
        f"{part.fields[name].label}: {' '.join(words)}" if name in part.fields else " ".join(words)
        for part in parts
        for name, words in part.errors.items()
    ]
    return gettext("Not saved yet; what you wrote stays here. %(fields)s") % {
        "fields": " ".join(dict.fromkeys(map(str, wrong)))
    }


class ChangeView(_WithChecker, _WithWords, EditView):  # type: ignore[misc]
    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """One saving after the other, so that a late one sees what came before it."""
        lock_children(self.parent.pk)
        self.real_page_record.refresh_from_db(fields=["latest_revision"])
        self.latest_revision = self.real_page_record.get_latest_revision()
        return super().post(request, *args, **options)  # type: ignore[no-any-return]


class AddView(_WithChecker, _WithWords, CreateView):  # type: ignore[misc]
    """Makes one page of one form, however often and by whatever way the form is sent."""

    template_name = "newsroom/create_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"key": _key_in(self.request) or uuid.uuid4()}

    def publish_action(self) -> Any:
        """Wagtail puts a new page into the tree as public before it asks `before_publish_page`."""
        self.form.instance.live = False
        return super().publish_action()

    @transaction.atomic
    def post(self, request: HttpRequest) -> HttpResponse:
        """Saving by itself and by hand meet on the key of the form, one after the other."""
        lock_children(self.parent_page.pk)
        self.parent_page.refresh_from_db(fields=["numchild"])
        key = _key_in(request)
        if key is None:
            return super().post(request)  # type: ignore[no-any-return]
        row = keys.claim(actor_of(request), key)
        order = BY_ITSELF if self.expects_json_response else BY_HAND
        try:
            made = self._made(row, order)
        except keys.Overtaken as overtaken:
            return self._refuse(overtaken)
        answer = _send_again(request, made) if made else super().post(request)
        made = made or (self.page if self.page.pk else None)
        if made is None:
            row.delete()
        else:
            keys.keep(row, made, order)
        return answer  # type: ignore[no-any-return]

    def _made(self, row: WritingKey, order: int) -> BasePage | None:
        made = keys.page_of(row)
        if made is not None:
            keys.check_order(row, order)
            keys.check_base(row.author, made, row.version)
        return made

    def _refuse(self, overtaken: keys.Overtaken) -> HttpResponse:
        if self.expects_json_response:
            return self.json_error_response("invalid_revision", overtaken.words)
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent_page,
            for_user=self.request.user,
        )
        self.form.is_valid()
        self.form.add_error(None, overtaken.words)
        return self.form_invalid(self.form)  # type: ignore[no-any-return]


class AgainView(ChangeView):
    """The form of a new page, sent once more: what it says replaces what it has made before."""

    def get_object(self) -> Any:
        page = super().get_object()
        for relation in get_all_child_relations(page):  # the form knows no numbers of their rows
            getattr(page, relation.get_accessor_name()).set([])
        return page

    def save_action(self) -> Any:
        answer = super().save_action()
        if not isinstance(answer, JsonResponse):
            return answer
        told = json.loads(answer.content)
        if told.get("success"):
            url = self.get_edit_url()
            told |= {"url": url, "pk": self.page.pk}
            told["hydrate_url"] = set_query_params(url, {"_w_hydrate_create_view": "1"})
        return JsonResponse(told, status=answer.status_code)


BY_ITSELF, BY_HAND = 1, 2  # after a form was sent by hand, what its saving by itself brings is old


def _key_in(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(KEY, ""))
    except ValueError:
        return None


def _send_again(request: HttpRequest, page: BasePage) -> Any:
    view: Any = AgainView.as_view()
    return view(request, page.pk)


class PreviewView(PreviewOnCreateView):  # type: ignore[misc]
    """A preview between whose check and whose look the draft itself was saved."""

    def get_form(self, query_dict: Any) -> Any:
        try:
            return super().get_form(query_dict)
        except ValidationError:  # the short address was taken in the meantime: look for another
            return super().get_form(query_dict)


class NewsroomPageViewSet(OfficePageViewSet):
    """The website's page screens with the checker beside them."""

    add_view_class = AddView
    edit_view_class = ChangeView
    preview_on_add_view_class = PreviewView
