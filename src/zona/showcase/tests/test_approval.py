"""A reporter's draft goes to the publishers of the same office, and to nobody else."""

import itertools

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState, Workflow

from zona.offices.models import Role, User
from zona.showcase.models import ArticlePage, HomePage, IndexPage
from zona.testing import make_office, make_person, open_home, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    open_home(make_office("33.09"))
    return open_home(make_office("33.08"))


@pytest.fixture
def reporter(home: HomePage) -> User:
    return make_person("peliput@kpu.test", Role.REPORTER, office=home.office)


@pytest.fixture
def draft(home: HomePage, reporter: User) -> ArticlePage:
    page = ArticlePage(title="Apel pagi", slug="apel", live=False, owner=reporter)
    IndexPage.objects.child_of(home).get().add_child(instance=page)
    page.save_revision(user=reporter)
    page.get_workflow().start(page, reporter)
    return page


def test_there_is_one_workflow_for_all(home: HomePage) -> None:
    assert Workflow.objects.count() == 1


def test_publishers_of_the_office_see_and_approve(draft: ArticlePage, home: HomePage) -> None:
    editor = make_person("editor@kpu.test", Role.EDITOR, office=home.office)
    state = TaskState.objects.reviewable_by(editor).get()
    assert state.workflow_state.object_id == str(draft.pk)
    task = state.task.specific
    assert {action for action, _label, _form in task.get_actions(draft, editor)} == {
        "approve",
        "reject",
    }
    task.on_action(state, user=editor, action_name="approve")
    draft.refresh_from_db()
    assert draft.live


def test_reporters_and_other_offices_do_not(
    draft: ArticlePage, reporter: User, home: HomePage
) -> None:
    stranger = make_person("lain@kpu.test", Role.EDITOR, office=make_office("33.09"))
    reader = make_person("baca@kpu.test", Role.DIRECTOR, office=home.office)
    for person in (reporter, stranger, reader):
        assert not TaskState.objects.reviewable_by(person).exists()
        assert draft.current_workflow_task.specific.get_actions(draft, person) == []
        assert draft.current_workflow_task.specific.locked_for_user(draft, person)


def test_an_editor_approves_on_the_screen(
    draft: ArticlePage, home: HomePage, client: Client
) -> None:
    editor = make_person("editor@kpu.test", Role.EDITOR, office=home.office)
    state = draft.current_workflow_task_state
    sign_in(client, editor)
    answer = client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]),
        {"comment": "Bagus"},
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.live


def test_a_publisher_elsewhere_cannot_reach_the_step_by_an_own_page(
    draft: ArticlePage, home: HomePage, client: Client
) -> None:
    office = make_office("33.09")
    stranger = make_person("lain@kpu.test", Role.EDITOR, office=office)
    own = ArticlePage(title="Milik sendiri", slug="sendiri", live=False)
    IndexPage.objects.get(office=office).add_child(instance=own)
    own.save_revision()
    own.get_workflow().start(own, stranger)
    sign_in(client, stranger)
    state = draft.current_workflow_task_state
    for page, action in itertools.product((own, draft), ("approve", "reject")):
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
        client.post(url, {"comment": ""})
        draft.refresh_from_db()
        assert not draft.live
        state.refresh_from_db()
        assert state.status == TaskState.STATUS_IN_PROGRESS
