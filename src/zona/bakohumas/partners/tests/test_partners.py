"""Contacts are kept by their own office, forgotten for good, and never named in the journal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from zona.bakohumas.partners import actions, queries, rules
from zona.bakohumas.partners.models import Consent, Contact, Kind
from zona.ground.journal.models import Entry
from zona.offices.models import Role
from zona.testing import make_office, make_person, open_home, sign_in

TODAY = dt.date(2026, 11, 24)
KINDS = [kind for kind in Kind if kind != Kind.OTHER]
DAYS = st.none() | st.dates(dt.date(2024, 1, 1), TODAY)


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), DAYS)))
def test_breadth_counts_kinds_not_contacts(talked: list[tuple[str, dt.date | None]]) -> None:
    kinds, of = rules.breadth(talked, KINDS, TODAY)
    assert of == len(KINDS)
    assert kinds == rules.breadth(talked * 2, KINDS, TODAY)[0] <= of
    assert rules.breadth([*talked, (Kind.MEDIA, TODAY)], KINDS, TODAY)[0] >= max(kinds, 1)


FIELDS = {
    "kind": Kind.MEDIA,
    "organisation": "Harian Kedu",
    "name": "Sri Rahayu",
    "position": "Redaktur",
    "email": "sri@harian.test",
    "phone": "0812 0000 1111",
    "consent": Consent.SPOKEN,
    "consent_on": TODAY,
    "on_press_list": True,
    "note": "",
}


@pytest.mark.django_db
def test_a_contact_is_kept_and_forgotten_without_a_name_in_the_journal() -> None:
    office = make_office(is_open=True)
    person = make_person("humas@kpu.test", Role.EDITOR, office=office)
    contact = actions.save_contact(actor=person, office=office, today=TODAY, **FIELDS)
    actions.note_touch(actor=person, contact=contact, on=TODAY, way="visit", text="Bu Sri datang")
    contact.refresh_from_db()
    assert contact.last_contact_on == TODAY
    assert list(queries.press_list(office)) == [contact]
    assert queries.breadth_of(office, TODAY).kinds == 1
    actions.forget_contact(actor=person, contact=contact)
    contact.refresh_from_db()
    assert (contact.name, contact.email, contact.phone) == ("", "", "")
    assert contact.touches.get().text == "–"
    assert not queries.press_list(office).exists()
    rows = Entry.objects.filter(verb__startswith="partners.")
    assert rows.count() == 3
    told = " ".join(f"{row.target_label} {row.changes} {row.reason}" for row in rows)
    assert not any(word in told for word in ("Sri", "harian.test", "0812"))


@pytest.mark.django_db
def test_those_merely_asked_receive_nothing() -> None:
    office = make_office(is_open=True)
    Contact.objects.create(office=office, **(FIELDS | {"consent": Consent.ASKED}))
    assert not queries.press_list(office).exists()


@pytest.mark.django_db
def test_others_keep_and_read_nothing(client: Client) -> None:
    office = make_office("33.08", is_open=True)
    other = make_office("33.09", is_open=True)
    open_home(office)
    contact = Contact.objects.create(office=office, **FIELDS)
    stranger = make_person("lain@kpu.test", Role.EDITOR, office=other)
    director = make_person("baca@kpu.test", Role.DIRECTOR, office=office)
    for person in (stranger, director):
        with pytest.raises(PermissionDenied):
            actions.save_contact(actor=person, office=office, today=TODAY, **FIELDS)
    address = reverse("partners:show", args=[office.code, contact.pk])
    assert sign_in(client, stranger).get(address).status_code == 404
    assert sign_in(client, director).get(address).status_code == 200


@pytest.mark.django_db
def test_a_contact_is_added_by_its_form(client: Client) -> None:
    office = make_office(is_open=True)
    open_home(office)
    person = make_person("humas@kpu.test", Role.EDITOR, office=office)
    sign_in(client, person)
    given_ = FIELDS | {"consent_on": "", "on_press_list": "on"}
    address = reverse("partners:add", args=[office.code])
    assert client.post(address, given_).status_code == 422  # consent without a day
    answer = client.post(address, given_ | {"consent_on": "2026-11-24"}, follow=True)
    assert "Harian Kedu" in answer.content.decode()
    contact = Contact.objects.get()
    changed = given_ | {"consent_on": "2026-11-24", "position": "Pemimpin redaksi"}
    client.post(reverse("partners:edit", args=[office.code, contact.pk]), changed)
    row = Entry.objects.filter(verb="partners.contact_changed").get()
    assert row.changes == {"fields": [[], ["position"]]}
    listed = client.get(reverse("partners:press", args=[office.code])).content.decode()
    assert "sri@harian.test" in listed
