"""Every address of the back office, walked by five people.

A new address whose parameters cannot be filled with a thing of office A fails the walk, so that it
stays complete: add the parameter to `arguments`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from zona.bakohumas.agenda.models import Coverage
from zona.bakohumas.newsroom.models import Deputy, NewsroomSettings, Reviewer, ReviewLink, Verdict
from zona.ground.files.models import SentFile
from zona.testing import sign_in
from zona.website.site.models import ArticlePage, BasePage, Photo, PublicFile
from zona.website.site.tests.world import MARK, World, build_world

pytestmark = pytest.mark.django_db

# Open to everyone: Wagtail's icons and words, and the redirects to the one sign-in page.
PUBLIC = {"kantor/sprite/", "kantor/jsi18n/"}
RAISES_ON_PURPOSE = {"wagtailadmin_error_test"}
# Which thing of the world stands behind `pk` (or another word) in a namespace.
THINGS = {
    "wagtailadmin_api:pages": "draft",
    "wagtailadmin_api:documents": "document",
    "wagtailadmin_api:images": "photo",
    "wagtailadmin_collections": "folder",
    "wagtailadmin_pages": "draft",
    "wagtailsites": "site",
    "wagtailusers_users": "officer_here",
    "wagtailusers_groups": "group",
    "wagtaildocs_chooser": "document",
    "wagtailimages_chooser": "photo",
    "rubrics": "rubric",
    "mandatory_pages": "duty",
    "event_kinds": "event_kind",
    "periodic_duties": "periodic_duty",
    "media_staff": "recording",
    "recording_chooser": "recording",
    "offices:remove_closed_day": "closed",
    "offices:stage": "stage",
    "offices:remove_stage": "stage",
    "offices:withdraw_invitation": "invitation",
    "offices:end_role": "role",
    "redirects": "redirect",
}


def patterns(
    found: list[Any] | None = None, prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, list[str]]]:
    """(route, name, parameters) of all addresses of the back office."""
    for item in get_resolver().url_patterns if found is None else found:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = (*spaces, item.namespace) if item.namespace else spaces
            if route.startswith("kantor/"):
                yield from patterns(item.url_patterns, route, inner)
        elif isinstance(item, URLPattern) and route.startswith("kantor/"):
            name = ":".join((*spaces, item.name or ""))
            yield route, name, re.findall(r"<(?:\w+:)?(\w+)>", route)


def arguments(world: World, name: str, parameter: str) -> list[Any] | None:
    """Values of office A for a parameter of an address; None when nothing is known."""
    things = world.things
    fixed: dict[str, list[Any]] = {
        "page_id": [things["draft"].pk, things["live"].pk],
        "page_pk": [things["live"].pk],
        "parent_page_id": [things["index"].pk],
        "page_to_move_id": [things["draft"].pk],
        "destination_id": [things["home"].pk],
        "content_type_app_name": ["site"],
        "content_type_model_name": ["articlepage"],
        "app_label": ["site"],
        "model_name": ["articlepage"],
        "app_name": ["site"],
        "action_name": ["approve"],
        "task_state_id": [1],  # Wagtail's workflows are off, their addresses stay
        "workflow_state_id": [1],
        "workflow_pk": [1],
        "task_id": [1],
        "revision_id": [things["first"].pk],
        "revision_id_a": [things["first"].pk],
        "revision_id_b": [things["second"].pk],
        "collection_id": [things["folder"].pk],
        "object_id": [things["draft"].pk],
        "session_id": [things["session"].pk],
        "redirect_id": [things["redirect"].pk],
        "document_id": [things["document"].pk],
        "doc_id": [things["document"].pk],
        "image_id": [things["photo"].pk],
        "uploaded_file_id": [things["upload"].pk],
        "filter_spec": ["max-20x20"],
        "uuid": [things["part"].uuid],
        "language": ["id", "en"],
        "code": [world.office.code],
        "step": ["nama", "rekan"],
        "key": [things["writing_key"].key],
        "number": [things["sent_file"].uuid],
        "day": ["2026-01-02"],
        "duty": ["uji"],
        "feedback_id": [things["feedback"].pk],
        "participation_id": [things["participation"].pk],
        "assignment_id": [things["assignment"].pk],
        "paper_id": [things["paper"].pk],
        "follow_up_id": [things["follow_up"].pk],
        "contact_id": [things["contact"].pk],
        "review_id": [things["review"].pk],
        "link_id": [things["review_link"].pk],
        "reviewer_id": [things["reviewer"].pk],
        "deputy_id": [things["deputy"].pk],
        "channel_id": [things["channel"].pk],
        "group_id": [things["group_of_channel"].pk],
        "post_id": [things["post"].pk],
        "target_id": [things["alert_target"].pk],
        "reaction_id": [things["reaction"].pk],
        "kind": ["whatsapp", "telegram"],
        "size": ["1200x630"],
        "rest": ["confirm/a/b/"],  # Wagtail's own way to a new password, which is closed
        "uidb64": ["a"],
        "token": ["b"],
    }
    if name.startswith("backoffice:guide"):
        fixed |= {"slug": ["kanal"], "name": ["menyetujui.png"]}
    if name == "wagtail_bulk_action":
        fixed |= {"model_name": ["basepage"], "action": ["delete"]}
    if name == "wagtailadmin_api:pages:action":
        fixed["action_name"] = ["copy"]
    if name == "wagtailadmin_tag_model_autocomplete":
        fixed["model_name"] = ["tag"]
    if name.startswith("wagtailadmin_workflows:") and "task" in name:
        fixed |= {"app_label": ["wagtailcore"], "model_name": ["groupapprovaltask"]}
    if name.startswith("wagtailadmin_workflows:"):
        fixed["pk"] = [1]
    elif parameter == "pk":
        spaces = [space for space in THINGS if name == space or name.startswith(f"{space}:")]
        if spaces:
            thing = THINGS[max(spaces, key=len)]
            fixed["pk"] = [things[thing].pk if thing in things else getattr(world, thing).pk]
    return fixed.get(parameter)


def addresses(world: World) -> Iterator[tuple[str, str, str]]:
    """(route, name, address) with everything filled in."""
    unknown = []
    for route, name, parameters in patterns():
        values = [arguments(world, name, parameter) for parameter in parameters]
        if None in values:
            unknown.append(f"{name} {route}")
            continue
        for chosen in itertools.product(*values):  # type: ignore[arg-type]
            yield route, name, fill(route, dict(zip(parameters, chosen, strict=True)))
    if unknown:
        pytest.fail("the walk cannot fill: " + "; ".join(unknown))


def fill(route: str, values: dict[str, Any]) -> str:
    """A route with values instead of its parameters; knows paths and plain expressions."""
    address = route.replace("^", "").replace("$", "").replace(r"\.", ".")
    if address == "kantor/.*/":
        return "/kantor/tidak-ada/"
    for name, value in values.items():
        address = re.sub(rf"\(\?P<{name}>[^)]*\)|<(?:\w+:)?{name}>", str(value), address)
    assert "<" not in address, address
    return "/" + address


def with_ids(world: World) -> Iterator[str]:
    """Addresses that name things of office A in their query."""
    things = world.things
    pages = f"id={things['draft'].pk}&id={things['live'].pk}"
    yield f"/kantor/choose-page/chosen-multiple/?{pages}"
    yield f"/kantor/images/chooser/chosen-multiple/?id={things['photo'].pk}"
    yield f"/kantor/documents/chooser/chosen-multiple/?id={things['document'].pk}"
    yield f"/kantor/pilih-rekaman/chosen-multiple/?id={things['recording'].pk}"
    yield f"/kantor/rekaman/keadaan/?id={things['recording'].pk}"
    yield f"/kantor/rekaman/?office={world.office.code}"
    yield f"/kantor/choose-page/?page_type=site.ArticlePage&target_pages[]={things['draft'].pk}"
    for search in (MARK, things["draft"].pk):
        yield f"/kantor/choose-page/search/?q={search}"
        yield f"/kantor/pages/search/?q={search}"
        yield f"/kantor/pages/search/results/?q={search}&content_type=site.articlepage"
        yield f"/kantor/images/chooser/results/?q={search}"
        yield f"/kantor/documents/chooser/results/?q={search}"
        yield f"/kantor/images/?q={search}"
        yield f"/kantor/documents/?q={search}"
        yield f"/kantor/tag-autocomplete/?term={search}"
        yield f"/kantor/pilih-rekaman/results/?q={search}"
        yield f"/kantor/rekaman/?words={search}"
    yield f"/kantor/images/?collection_id={things['folder'].pk}"
    yield f"/kantor/documents/?collection_id={things['folder'].pk}"
    yield f"/kantor/api/main/pages/?search={MARK}"
    yield f"/kantor/api/main/pages/?child_of={things['index'].pk}&for_explorer=1"
    yield f"/kantor/api/main/pages/?descendant_of={things['home'].pk}"
    actions: dict[Any, tuple[str, Any]] = {
        BasePage: ("draft", things["index"]),
        ArticlePage: ("live", things["index"]),
        Photo: ("photo", things["folder"]),
        PublicFile: ("document", things["folder"]),
    }
    for model, (thing, place) in actions.items():
        label, name = model._meta.app_label, model._meta.model_name
        kinds = list(bulk_action_registry.get_bulk_actions_for_model(label, name))
        assert kinds or model is ArticlePage
        for kind in kinds:
            base = f"/kantor/bulk/{label}/{name}/{kind.action_type}/"
            yield f"{base}?id={things[thing].pk}"
            yield f"{base}?id=all"
            yield f"{base}?id=all&childOf={place.pk}"


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_a_visitor_is_led_to_the_one_sign_in_page(world, client):
    open_to_all, wrong = set(), []
    for route, _name, address in addresses(world):
        answer = client.get(address)
        if answer.status_code == 200:
            open_to_all.add(route)
        elif answer.status_code in (301, 302):
            if not answer.url.startswith(("/akun/", "/kantor/login/")):
                wrong.append((address, answer.url))
        elif answer.status_code not in (403, 405):
            wrong.append((address, answer.status_code))
        if MARK.encode() in answer.content.lower():
            wrong.append((address, "leak"))
    assert not wrong
    assert open_to_all == PUBLIC


def test_a_person_without_a_role_finds_every_door_shut(world, client):
    client.force_login(world.nobody)
    wrong = []
    for route, _name, address in addresses(world):
        answer = client.get(address)
        if answer.status_code in (301, 302):
            if not answer.url.startswith("/akun/"):
                wrong.append((address, answer.url))
        elif answer.status_code not in (403, 405) and route not in PUBLIC:
            wrong.append((address, answer.status_code))
        if MARK.encode() in answer.content.lower():
            wrong.append((address, "leak"))
    assert not wrong


@pytest.mark.parametrize("how", ["page", "modal", "post"])
def test_an_officer_elsewhere_sees_nothing_of_this_office(world, client, how):
    sign_in(client, world.officer_elsewhere)
    before = state_of(world)
    headers = {"x-requested-with": "XMLHttpRequest"} if how == "modal" else {}
    asked = [address for _route, _name, address in addresses(world)] + list(with_ids(world))
    leaks = []
    for address in asked:
        if how == "post":
            client.force_login(world.officer_elsewhere)  # some of them sign out
            answer = client.post(address, data_of(world))
        else:
            answer = client.get(address, headers=headers)
        # What was typed stands in the answer too; that is no leak.
        content = answer.content.decode(errors="replace").lower()
        if MARK in content.replace(f'value="{MARK}"', "").replace(f"={MARK}", ""):
            leaks.append((address, content[max(content.index(MARK) - 80, 0) :][:200]))
        if answer.status_code >= 500:
            leaks.append((address, f"status {answer.status_code}"))
    assert not leaks
    assert state_of(world) == before


def data_of(world: World) -> dict[str, Any]:
    """A form that names things of office A wherever one of Wagtail's forms asks for a page."""
    return {
        "new_parent_page": world.things["index"].pk,
        "chooser": world.things["index"].pk,
        "action-publish": "1",
        "terima": "1",
    }


def state_of(world: World) -> list[Any]:
    """What an officer of another office could have changed."""
    office = type(world.office).objects.values().get(pk=world.office.pk)
    pages = BasePage.objects.filter(office=world.office).order_by("pk")
    rows = pages.values_list("pk", "path", "title", "live", "locked", "latest_revision_id")
    return [
        office,
        list(rows),
        list(SentFile.objects.values("state", "attempts")),
        list(world.office.roles.order_by("pk").values()),
        list(world.office.invitations.order_by("pk").values()),
        list(world.office.rubrics.order_by("pk").values()),
        list(world.office.closed_days.order_by("pk").values()),
        list(world.office.recordings.order_by("pk").values()),
        world.things["recording"].transcripts.count(),
        Photo.objects.count(),
        PublicFile.objects.count(),
        list(world.office.assignments.order_by("pk").values()),
        list(world.office.participations.order_by("pk").values()),
        Coverage.objects.count(),
        list(world.office.reviews.order_by("pk").values()),
        list(ReviewLink.objects.order_by("pk").values()),
        list(Reviewer.objects.order_by("pk").values("pk", "name", "ended_at")),
        Verdict.objects.count(),
        list(Deputy.objects.order_by("pk").values()),
        list(NewsroomSettings.objects.values()),
    ]


# Scripts in the page, which its content policy would not run: as elements, handlers, addresses.
RUNS_IN_THE_PAGE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*\btype="(?:application/(?:ld\+)?json|text/(?!javascript))")"""
    r"""|<[a-z][^>]*\son(?:click|load|change|submit|input|error|key\w+|mouse\w+)="""
    r"""|<a[^>]*\bhref="javascript:""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("who", ["officer_here", "superuser"])
def test_those_who_may_meet_no_error(world, client, who):
    sign_in(client, getattr(world, who))
    wrong = []
    for _route, name, address in addresses(world):
        if name in RAISES_ON_PURPOSE:
            continue
        answer = client.get(address)
        status = answer.status_code
        if status >= 500 or (status == 403 and who == "superuser"):
            wrong.append((name, address, status))
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        if found := RUNS_IN_THE_PAGE.search(text):
            wrong.append((name, address, text[found.start() : found.start() + 200]))
    assert not wrong
