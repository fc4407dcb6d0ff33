"""What a person marks with one tap can be taken back, until something builds on it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from zona.bakohumas.channels.actions import posts as actions
from zona.bakohumas.channels.actions import reactions as reaction_actions
from zona.bakohumas.channels.models import Channel, Group, Kind, Post, Reaction
from zona.ground.journal.models import Entry
from zona.offices.models import Office, Role, User
from zona.testing import make_office, make_person, sign_in
from zona.website.site.models import ArticlePage

State = Post.State


@pytest.fixture
def marked(office: Office, editor: User, item: ArticlePage) -> Post:
    channel = Channel.objects.create(office=office, kind=Kind.WHATSAPP, name="WA")
    group = Group.objects.create(channel=channel, name="PPK", purpose="Berita")
    return actions.mark_shared(actor=editor, page=item, channel=channel, group=group)


def press(client: Client, post: Post, what: str) -> str:
    url = reverse("channels_staff:post_act", args=[post.office.code, post.pk])
    return client.post(url, {"tindakan": what}, follow=True).content.decode()


def test_a_mark_is_taken_back_and_set_again(client: Client, editor: User, marked: Post) -> None:
    sign_in(client, editor)
    place = reverse("channels_staff:share", args=[marked.office.code, marked.page_id])
    assert 'value="batalkan"' in client.get(place).content.decode()
    press(client, marked, "batalkan")
    marked.refresh_from_db()
    assert (marked.state, marked.sent_at, marked.sent_by) == (State.TO_SHARE, None, None)
    assert Entry.objects.filter(verb="channels.mark_taken_back").count() == 1
    assert 'value="batalkan"' not in client.get(place).content.decode()
    press(client, marked, "batalkan")
    assert Entry.objects.filter(verb="channels.mark_taken_back").count() == 1
    again = actions.mark_shared(
        actor=editor, page=marked.page, channel=marked.channel, group=marked.group
    )
    assert (again.pk, again.state) == (marked.pk, State.SENT)


def test_a_mark_stays_once_something_builds_on_it(
    client: Client, editor: User, item: ArticlePage, marked: Post
) -> None:
    sign_in(client, editor)
    item.unpublish()
    order = Post.objects.get(of=marked)
    assert order.action == Post.Action.DELETE
    assert not actions.take_back_mark(actor=editor, post=marked)
    assert actions.mark_removed(actor=editor, post=order)
    marked.refresh_from_db()
    assert marked.state == State.DELETED
    order.refresh_from_db()
    assert actions.take_back_mark(actor=editor, post=order), "not taken down after all"
    marked.refresh_from_db()
    order.refresh_from_db()
    assert (marked.state, order.state) == (State.SENT, State.TO_SHARE)


def test_what_a_program_sent_is_no_mark(office: Office, editor: User, item: ArticlePage) -> None:
    channel = Channel.objects.create(office=office, kind=Kind.TELEGRAM, name="T")
    (post,) = actions.queue(actor=editor, page=item, channels=[channel])
    Post.objects.filter(pk=post.pk).update(state=State.SENT)
    assert not actions.take_back_mark(actor=editor, post=post)


def test_a_stranger_takes_nothing_back(marked: Post) -> None:
    stranger = make_person("budi@kpu.test", Role.EDITOR, office=make_office("33.74"))
    with pytest.raises(PermissionDenied):
        actions.take_back_mark(actor=stranger, post=marked)


def test_an_answered_reaction_is_opened_again(
    client: Client, office: Office, editor: User, marked: Post
) -> None:
    reaction = reaction_actions.note_reaction(
        actor=editor, office=office, channel=marked.channel, about="question", text="Kapan?"
    )
    sign_in(client, editor)
    url = reverse("channels_staff:reaction_act", args=[office.code, reaction.pk])
    for what, is_answered in (("dijawab", True), ("buka", False)):
        shown = client.post(url, {"tindakan": what}, follow=True).content.decode()
        assert (Reaction.objects.get().answered_at is not None) == is_answered
        assert ('value="buka"' in shown) == is_answered
    assert Entry.objects.filter(verb="channels.reaction_reopened").exists()
