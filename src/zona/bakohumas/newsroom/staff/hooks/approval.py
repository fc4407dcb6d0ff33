"""Approval in Wagtail's screens: nothing goes round it, and the way to it stands in the editor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.admin.menu import MenuItem

from zona.bakohumas.agenda.policies.coverage import may_write
from zona.offices.models import User
from zona.offices.policies import has_place, is_administrator
from zona.offices.views.office import actor_of
from zona.offices.wagtail_hooks import OwnMenuItem
from zona.website.site.models import BasePage

from ...actions.publishing import risk_of
from ...policies.approval import is_item, may_decide, next_step
from ...queries.approval import waiting_for

MOST = 5  # messages at once
ASK = "action-ask"


def must_ask(actor: User, page: BasePage) -> bool:
    return is_item(page) and next_step(actor, page, risk_of(page)) == "ask"


def refuse(request: HttpRequest, page: BasePage) -> None:
    """Say that it does not come out yet, with the way to approval."""
    words = _("“%(item)s” needs somebody else's approval before it is published.")
    way = messages.button(reverse("newsroom_staff:ask", args=[page.pk]), _("Ask for approval"))
    messages.error(request, words % {"item": page.title}, buttons=[way])


@hooks.register("before_publish_page", order=-10)  # before the checker, which may note a reason
def ask_first(request: HttpRequest, page: BasePage) -> HttpResponseRedirect | None:
    """The draft is kept by then; the way to approval is shown."""
    if not must_ask(actor_of(request), page):
        return None
    refuse(request, page)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("before_bulk_action", order=-10)
def ask_first_in_bulk(
    request: HttpRequest, action_type: str, things: list[Any], action: Any
) -> HttpResponseRedirect | None:
    """Several pages at once: none goes out when one needs approval."""
    if action_type != "publish":
        return None
    actor = actor_of(request)
    pages = [
        thing.specific.get_latest_revision_as_object()
        for thing in things
        if isinstance(thing, BasePage)
    ]
    held = [page for page in pages if must_ask(actor, page)]
    for page in held[:MOST]:
        refuse(request, page)
    return HttpResponseRedirect(reverse("wagtailadmin_explore_root")) if held else None


@hooks.register("before_edit_page")
def tell_that_it_waits(request: HttpRequest, page: BasePage) -> None:
    """To change what waits takes the question back, so whoever opens it should know."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    review = waiting_for(page.pk)
    if review is not None:
        words = _("This item waits for approval. If you change it, the question is taken back.")
        if may_decide(actor_of(request), review):
            words = _(
                "This item waits for your approval. What you change here is what you decide on."
            )
        way = messages.button(
            reverse("newsroom_staff:review", args=[review.pk]), _("See how it stands")
        )
        messages.warning(request, words, buttons=[way])


# --- the editor's buttons -------------------------------------------------------------------------


class AskMenuItem(ActionMenuItem):
    """Keeps the draft and leads to where approval is asked for."""

    label = gettext_lazy("Ask for approval")
    name = ASK
    icon_name = "check"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page") or context.get("parent_page")
        if context["view"] == "revisions_revert" or context.get("locked_for_user"):
            return False
        user: Any = context["request"].user
        return page is not None and page.office_id is not None and may_write(user, page.office)


@hooks.register("register_page_action_menu_item")
def register_ask() -> AskMenuItem:
    return AskMenuItem(order=35)


@hooks.register("construct_page_action_menu")
def offer_what_is_next(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Either publish or ask: what the rule says, or the page's own rights where there is none."""
    page = context.get("page")
    may_publish = any(isinstance(item, PublishMenuItem) for item in menu_items)
    if may_publish and page is not None and must_ask(actor_of(request), page):
        may_publish = False
    unwanted: type[ActionMenuItem] = AskMenuItem if may_publish else PublishMenuItem
    menu_items[:] = [item for item in menu_items if not isinstance(item, unwanted)]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def lead_to_asking(request: HttpRequest, page: BasePage) -> HttpResponseRedirect | None:
    if ASK in request.POST:
        return HttpResponseRedirect(reverse("newsroom_staff:ask", args=[page.pk]))
    return None


# --- menus and styles -----------------------------------------------------------------------------


@hooks.register("insert_global_admin_css")
def add_approval_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/approval.css"))


@hooks.register("register_admin_menu_item")
def register_approvals() -> MenuItem:
    return OwnMenuItem(
        gettext_lazy("Approvals"),
        reverse_lazy("newsroom_staff:own_approvals"),
        has_place,
        name="approvals",
        icon_name="check",
        order=125,
    )


@hooks.register("register_office_menu_item")
def register_settings() -> MenuItem:
    return OwnMenuItem(
        gettext_lazy("Newsroom"),
        reverse_lazy("newsroom_staff:own_settings"),
        is_administrator,
        name="office-newsroom",
        icon_name="edit",
        order=25,
    )
