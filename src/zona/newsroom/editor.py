"""The checker as a side panel of Wagtail's page editor."""

from __future__ import annotations

from typing import Any

from django.forms import Media, Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from zona.offices.models import Office
from zona.showcase.isolation import OfficePageViewSet
from zona.showcase.kinds import KINDS

from .checking import Checked, check_page


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
    template_name = "newsroom/checker_side_panel.html"

    def __init__(self, page: Any, request: Any, office: Office) -> None:
        super().__init__(page, request)
        self.office = office
        self.checked = check_page(page) if page.pk else Checked()

    @property
    def media(self) -> Media:
        script: Any = Script("newsroom/checker.js", type="module")  # the stubs know texts only
        return Media(js=[script])

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return super().get_context_data(parent_context) | {
            "office": self.office,
            "page_item": self.object if self.object.pk else None,
            "checked": self.checked,
            "check_url": reverse("newsroom:check", args=[self.office.code]),
            "form_id": "page-edit-form",
        }


class _WithChecker:
    """Puts the panel behind the first one, on items only."""

    page: Any
    request: Any
    expects_json_response: bool = False
    hydrate_create_view: bool = False

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        parent = getattr(self, "parent_page", None)
        office = self.page.office or (parent.office if parent else None)
        is_part = self.expects_json_response or self.hydrate_create_view
        if office is None or self.page.kind_name not in KINDS or is_part:
            return panels  # type: ignore[no-any-return]
        return MediaContainer(
            [*panels[:1], CheckerPanel(self.page, self.request, office), *panels[1:]]
        )


class AddView(_WithChecker, CreateView):  # type: ignore[misc]
    def publish_action(self) -> Any:
        """Wagtail puts a new page into the tree as public before it asks `before_publish_page`."""
        self.form.instance.live = False
        return super().publish_action()


class ChangeView(_WithChecker, EditView):  # type: ignore[misc]
    pass


class NewsroomPageViewSet(OfficePageViewSet):
    """The website's page screens with the checker beside them."""

    add_view_class = AddView
    edit_view_class = ChangeView
