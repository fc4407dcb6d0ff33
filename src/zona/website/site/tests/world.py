"""An office A whose every trace carries a marker, so that a leak of any of them shows."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.models import (
    Comment,
    PageViewRestriction,
    Site,
    UploadedFile,
)

from zona.backstage.media.models import Consent, Kind, Recording, Transcript
from zona.backstage.media.models import Upload as MediaUpload
from zona.backstage.rights.grants import collection_of
from zona.backstage.rights.provision import provision
from zona.bakohumas.partners.models import Contact
from zona.ground.files.models import SentFile, State
from zona.offices.actions.people import invite
from zona.offices.models import ClosedDay, ElectionStage, Holiday, Office, Role, User
from zona.offices.policies import today
from zona.testing import make_office, make_person, make_superuser, open_home
from zona.website.feedback.models import Feedback
from zona.website.redirects.models import MissingPage, Redirect
from zona.website.site.models import (
    ArticlePage,
    IndexPage,
    MandatoryPage,
    Photo,
    PublicFile,
    Rubric,
)

MARK = "rahasiaqx"  # long enough that no token drawn at random holds it


@dataclass
class World:
    """Office A with one of everything, office B, and the people who walk."""

    office: Office
    other: Office
    superuser: User
    officer_here: User
    officer_elsewhere: User
    nobody: User
    things: dict[str, Any] = field(default_factory=dict)


def build_world() -> World:
    office = make_office("33.08", region=f"{MARK}wilayah", address=f"{MARK}alamat")
    other = make_office("33.74", region="Tetangga")
    home, _ = open_home(office), open_home(other)
    office.host = f"{MARK}host.test"
    office.save()
    provision(office)
    world = World(
        office=office,
        other=other,
        superuser=make_superuser(),
        officer_here=make_person(f"{MARK}surel@kpu.test", *Role, office=office, name=f"{MARK}nama"),
        officer_elsewhere=make_person("b@kpu.test", *Role, office=other),
        nobody=make_person("nobody@kpu.test"),
    )
    world.things |= {"home": home, "index": IndexPage.objects.child_of(home).get()}
    _add_pages(world)
    _add_files(world)
    _add_administration(world)
    _add_feedback(world)
    _add_newsroom(world)
    _add_numbers(world)
    _add_channels(world)
    _add_approval(world)
    return world


def _add_approval(world: World) -> None:
    from zona.bakohumas.agenda.exchange.rows import Row
    from zona.bakohumas.newsroom.models import (
        Deputy,
        Review,
        Reviewer,
        ReviewLink,
        Verdict,
        WritingKey,
    )

    things, person = world.things, world.officer_here
    review = Review.objects.create(
        office=world.office, page_id=things["draft"].pk, revision=things["second"], risk="low",
        steps=["editor"], asked_by=person, note=f"{MARK}pesan",
    )  # fmt: skip
    Verdict.objects.create(
        review=review, step="editor", decision="comment", comment=f"{MARK}kata", by_name=f"{MARK}n"
    )
    things |= {
        "review": review,
        "review_link": ReviewLink.objects.create(
            review=review, step="editor", name=f"{MARK}peninjau", way="whatsapp",
            token_hash="0" * 64, expires_at=timezone.now() + dt.timedelta(days=1), made_by=person,
        ),
        "writing_key": WritingKey.objects.create(
            author=person, key=uuid.uuid4(), page_id=things["draft"].pk, version="1"
        ),
        "sent_file": SentFile.objects.create(
            kind="agenda_table", office_code=world.office.code, sender_id=person.pk,
            name=f"{MARK}agenda.csv", size=1, state=State.READ, options={"visibility": "closed"},
            found={"rows": [Row(2, {"title": MARK}, title=MARK, problems=[MARK]).pack()],
                   "notes": [MARK]},
        ),
        "reviewer": Reviewer.objects.create(
            office=world.office, name=f"{MARK}pemeriksa", email=f"{MARK}@warga.test",
            noted_by=person,
        ),
        "deputy": Deputy.objects.create(
            office=world.office, person=person, deputy=things["colleague"], starts_on=today(),
            ends_on=today(),
        ),
    }  # fmt: skip


def _add_numbers(world: World) -> None:
    from zona.bakohumas.numbers.models import OfficeScore, PeriodicDuty, PeriodicFulfilment

    duty = PeriodicDuty.objects.create(
        code="uji", title="Uji", period="year", due_months=3, valid_from=dt.date(2020, 1, 1)
    )
    PeriodicFulfilment.objects.create(
        office=world.office, duty=duty, period="2025", page=world.things["live"],
        url=f"https://{MARK}.test/data", published_on=dt.date(2026, 3, 1),
    )  # fmt: skip
    OfficeScore.objects.create(office=world.office, day=today(), score=50, parts={})
    world.things["periodic_duty"] = duty


def _add_newsroom(world: World) -> None:
    from zona.bakohumas.agenda.models import Assignment, Coverage, EventDocument, FollowUp
    from zona.bakohumas.agenda.tests.desk import make_event, make_kind, take_part

    kind = make_kind(name="Rapat", is_routine=True)  # the whole country's, so without the marker
    event = make_event(
        world.office, f"{MARK}acara", kind=kind, place=f"{MARK}aula", people=f"{MARK}tamu"
    )
    participation = take_part(event)
    Assignment.objects.filter(participation=participation).update(note=f"{MARK}tugas")
    Coverage.objects.create(participation=participation, page_id=world.things["live"].pk)
    world.things |= {
        "event": event,
        "event_kind": kind,
        "paper": EventDocument.objects.create(
            event=event, title=f"{MARK}undangan", file=ContentFile(b"isi", f"{MARK}undangan.pdf")
        ),
        "follow_up": FollowUp.objects.create(
            event=event, office=world.office, text=f"{MARK}tindak", due_on=today()
        ),
        "participation": participation,
        "assignment": participation.assignments.first(),
    }


def _add_channels(world: World) -> None:
    from zona.bakohumas.channels.models import SECRETS, AlertTarget, Channel, Post, Reaction

    office, page = world.office, world.things["live"]
    channel = Channel.objects.create(office=office, kind="whatsapp", name=f"{MARK}whatsapp")
    group = channel.groups.create(name=f"{MARK}grup", purpose=f"{MARK}guna", admins=f"{MARK}admin")
    world.things |= {
        "channel": channel,
        "group_of_channel": group,
        "post": Post.objects.create(
            office=office, page=page, channel=channel, group=group, key="uji", text=f"{MARK}teks",
            state=Post.State.TO_SHARE, due_at=timezone.now(), link="https://contoh.test/s/a",
        ),
        "alert_target": AlertTarget.objects.create(
            office=office, name=f"{MARK}peringatan", sealed=SECRETS.seal(f"ntfys://{MARK}.test/a")
        ),
        "reaction": Reaction.objects.create(
            office=office, channel=channel, page=page, about="question", text=f"{MARK}tanya"
        ),
    }  # fmt: skip


def _add_feedback(world: World) -> None:
    report = Feedback.objects.create(
        office=world.office, page=world.things["live"], page_title=f"{MARK}terbit",
        kind=Feedback.Kind.REPORT, state=Feedback.State.NEW, text=f"{MARK}laporan",
        email=f"{MARK}pembaca@contoh.test",
    )  # fmt: skip
    world.things["feedback"] = report
    world.things["contact"] = Contact.objects.create(
        office=world.office, kind="media", organisation=f"{MARK}harian", name=f"{MARK}wartawan"
    )


def _add_pages(world: World) -> None:
    things, person = world.things, world.officer_here
    rubric = Rubric.objects.create(
        office=world.office, title=f"{MARK}rubrik", slug=f"{MARK}-rubrik"
    )
    draft = ArticlePage(
        title=f"{MARK}konsep", slug=f"{MARK}-konsep", lead=f"{MARK}teras", live=False,
        owner=person, rubric=rubric,
    )  # fmt: skip
    things["index"].add_child(instance=draft)
    draft.tags.add("umum")
    first = draft.save_revision(user=person, log_action=True)
    second = draft.save_revision(user=person, log_action=True)
    live = ArticlePage(title=f"{MARK}terbit", slug=f"{MARK}-terbit", owner=person, locked=True)
    live.locked_by, live.locked_at = person, timezone.now()
    things["index"].add_child(instance=live)
    live.save_revision(user=person, log_action=True).publish(user=person)
    Comment.objects.create(
        page=draft, user=person, text=f"{MARK}komentar", contentpath="title", position=""
    )
    session = EditingSession.objects.create(
        user=person, content_object=draft, last_seen_at=timezone.now()
    )
    things |= {
        "rubric": rubric, "draft": draft, "live": live, "first": first, "second": second,
        "session": session,
    }  # fmt: skip


def _add_files(world: World) -> None:
    folder, person = collection_of(world.office), world.officer_here
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "PNG")
    photo = Photo.objects.create(
        title=f"{MARK}foto", file=ImageFile(BytesIO(picture.getvalue()), f"{MARK}foto.png"),
        collection=folder, uploaded_by_user=person,
    )  # fmt: skip
    document = PublicFile.objects.create(
        title=f"{MARK}berkas", file=ContentFile(b"isi", f"{MARK}berkas.pdf"),
        collection=folder, uploaded_by_user=person,
    )  # fmt: skip
    upload = UploadedFile.objects.create(
        file=ContentFile(picture.getvalue(), f"{MARK}unggah.png"), uploaded_by_user=person
    )
    recording = Recording.objects.create(
        office=world.office, kind=Kind.AUDIO, title=f"{MARK}rekaman", consent=Consent.NOBODY,
        uploaded_by=person, original_name=f"{MARK}asli.wav",
    )  # fmt: skip
    Transcript.objects.create(
        recording=recording, vtt=f"WEBVTT\n\n00:01.000 --> 00:02.000\n{MARK}ucapan\n"
    )
    part = MediaUpload.objects.create(
        recording=recording, person=person, name=f"{MARK}kiriman.wav", length=10,
        touched_at=timezone.now(),
    )  # fmt: skip
    world.things |= {"recording": recording, "part": part}
    world.things |= {"photo": photo, "document": document, "folder": folder, "upload": upload}


def _add_administration(world: World) -> None:
    office, things = world.office, world.things
    day = dt.date(2026, 1, 2)
    colleague = make_person(f"{MARK}rekan@kpu.test", Role.EDITOR, office=office)
    invitation, _token = invite(
        actor=world.officer_here, office=office, email=f"{MARK}undangan@kpu.test",
        name=f"{MARK}undangan", role=Role.REPORTER, decree=f"{MARK}sk", starts_on=today(),
    )  # fmt: skip
    things |= {
        "colleague": colleague,
        "role": colleague.roles.get(),
        "invitation": invitation,
        "group": Group.objects.filter(user=world.officer_here).first(),
        "site": Site.objects.get(hostname=office.host),
        "redirect": Redirect.objects.create(
            office=office, old_path=f"/{MARK}lama", page=things["live"]
        ),
        "missing": MissingPage.objects.create(
            office=office,
            path=f"/{MARK}hilang",
            count=1,
            referrer_host=f"{MARK}.test",
            first_seen=timezone.now(),
            last_seen=timezone.now(),
        ),
        "closed": ClosedDay.objects.create(
            office=office, starts_on=day, ends_on=day, reason=f"{MARK}tutup"
        ),
        "restriction": PageViewRestriction.objects.create(
            page=things["live"], restriction_type="login"
        ),
        # The whole country's, so without the marker:
        "stage": ElectionStage.objects.create(
            name="Tahapan", election="Pemilu", starts_on=day, ends_on=day, decree="1/2026"
        ),
        "holiday": Holiday.objects.create(
            date=day, name="Libur", kind=Holiday.Kind.NATIONAL, decree="1/2026"
        ),
        "duty": MandatoryPage.objects.create(
            code="uji", title="Uji", purpose="Uji", legal_base="Uji", review_days=30, valid_from=day
        ),
    }
