"""The outbox of an office: what went where, and what has to be done about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zona.backstage.backoffice.offices import own_offices
from zona.offices.models import Office, User
from zona.offices.views.office import actor_of, breadcrumbs

from .. import queries
from ..actions import posts as actions
from ..content import composing
from ..models import Kind, Post
from ..policies import may_keep, may_share, readable_offices, shared_offices
from .forms import OutboxFilterForm
from .posts import PostRow

PER_PAGE = 25
DAYS = 30  # over which the short links are counted


@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """The outbox of the person's (first) office."""
    user = actor_of(request)
    readable = readable_offices(user)
    own = [office for office in own_offices(user) if readable.filter(pk=office.pk).exists()]
    office = own[0] if own else readable.first()
    if office is None:
        raise PermissionDenied
    return redirect("channels_staff:list", code=office.code)


@require_safe
def show_list(request: HttpRequest, code: str) -> HttpResponse:
    user = actor_of(request)
    office = get_object_or_404(readable_offices(user), code=code)
    form = OutboxFilterForm(request.GET, office=office)
    rows = _narrow(office, form)
    part = Paginator(rows.select_related("channel", "group", "page", "sent_by"), PER_PAGE).get_page(
        request.GET.get("p")
    )
    given = request.GET.copy()
    given.pop("p", None)
    shares = may_share(user, office)
    return TemplateResponse(
        request,
        "channels/office/list.html",
        {
            "header_title": _("Channels"),
            "header_icon": "link-external",
            "breadcrumbs_items": breadcrumbs(("", _("Channels"))),
            "office": office,
            "offices": own_offices(user),
            "form": form,
            "part": part,
            "rows": [PostRow.of(post, office, may_act=shares) for post in part],
            "query": given.urlencode(),
            "counts": count_links(office, timezone.localdate(timezone=office.tz)),
            "may_share": shares,
            "may_keep": may_keep(user, office),
        },
    )


def _narrow(office: Office, form: OutboxFilterForm) -> QuerySet[Post]:
    chosen = form.cleaned_data if form.is_valid() else {}
    state = chosen.get("keadaan", "")
    rows = Post.objects.filter(office=office)
    if state == "perlu":
        rows = queries.posts_in_need(office, timezone.now())
    elif state:
        rows = rows.filter(state=state)
    if channel := chosen.get("kanal"):
        rows = rows.filter(channel=channel)
    return rows


@dataclass(frozen=True)
class LinkRow:
    name: str
    count: int
    share: str  # of the longest bar, in percent, as SVG writes numbers


@dataclass(frozen=True)
class Counts:
    sentence: str
    rows: list[LinkRow]


def count_links(office: Office, today: dt.date) -> Counts:
    """How often short links were followed within DAYS days, by origin."""
    found = queries.visits_by_source(office, today - dt.timedelta(days=DAYS - 1))
    rows = [(_name(source), total) for source, total in found.items()]
    most = rows[0][1] if rows else 1
    total = sum(count for _name, count in rows)
    sentence = ngettext(
        "In the last %(days)s days links were followed %(n)s time, most often from %(name)s.",
        "In the last %(days)s days links were followed %(n)s times, most often from %(name)s.",
        total,
    ) % {"days": DAYS, "n": total, "name": rows[0][0] if rows else ""}
    return Counts(
        sentence, [LinkRow(name, count, f"{100 * count / most:.1f}") for name, count in rows]
    )


def _name(source: str) -> str:
    if source == composing.RELEASE:
        return _("Press releases on paper")
    return str(Kind(source).label) if source in Kind.values else source


@require_POST
def act(request: HttpRequest, code: str, post_id: int) -> HttpResponse:
    """What the pressed button says about one post."""
    user = actor_of(request)
    rows = Post.objects.filter(office__in=shared_offices(user).values("pk"))
    rows = rows.select_related("office", "channel", "group", "page")
    post = get_object_or_404(rows, office__code=code, pk=post_id)
    _do(request, user, post)
    if request.POST.get("kembali") == "daftar" or not post.page.live:
        return redirect(f"{reverse('channels_staff:list', args=[code])}#kiriman-{post.pk}")
    place = reverse("channels_staff:share", args=[code, post.page_id])
    return redirect(f"{place}#kanal-{post.channel_id}")


def _do(request: HttpRequest, user: User, post: Post) -> None:
    match request.POST.get("tindakan"):
        case "ulang":
            done = actions.retry(actor=user, post=post)
            word = _("It is tried again.")
        case "lewati":
            done = actions.skip(actor=user, post=post)
            word = _("Left out.")
        case "ada":
            done = actions.settle(actor=user, post=post, is_there=True)
            word = _("Noted: it is there.")
        case "tidak_ada":
            done = actions.settle(actor=user, post=post, is_there=False)
            word = _("It is sent again.")
        case "dibagikan":
            done = bool(
                actions.mark_shared(
                    actor=user, page=post.page, channel=post.channel, group=post.group
                )
            )
            word = _("Noted: sent to %s.") % (post.group or post.channel)
        case "batalkan":
            done = actions.take_back_mark(actor=user, post=post)
            word = _("Taken back: it counts as not done yet.")
        case "koreksi":
            done = _correct(user, post)
            word = _("The new text is put there.")
        case "sudah_turun":
            done = actions.mark_removed(actor=user, post=post)
            word = _("Noted: it is taken down.")
        case "turunkan":
            done = actions.take_down(actor=user, post=post) is not None
            word = _("It is taken down there.")
        case "alamat":
            done, word = _note_address(request, user, post), _("The address is kept.")
        case _:
            raise PermissionDenied
    if done:
        messages.success(request, word)
    elif request.POST.get("tindakan") == "alamat":
        messages.error(request, _("Enter the whole address, beginning with https://."))
    else:
        messages.warning(request, _("Its state changed meanwhile. Look at it again."))


def _correct(user: User, post: Post) -> bool:
    """False: the channel cannot, the text is the same, or it is too long."""
    try:
        return actions.correct(actor=user, post=post) is not None
    except ValidationError:
        return False


def _note_address(request: HttpRequest, user: User, post: Post) -> bool:
    permalink = request.POST.get(f"alamat-{post.pk}", "").strip()
    try:
        URLValidator(schemes=["https", "http"])(permalink)
    except ValidationError:
        return False
    if len(permalink) > 500:
        return False
    actions.note_address(actor=user, post=post, permalink=permalink)
    return True
