"""What readers say about a page: whether it helped, and what is wrong on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zona.ground.outbox.claims import Outgoing
from zona.ground.sealing.fields import SealedTextField
from zona.offices.models import Office
from zona.website.site.models import BasePage

from . import rules


class Feedback(models.Model):
    """One vote with or without a comment, or one report of a mistake."""

    class Kind(models.TextChoices):
        VOTE = "vote", _("Comment")
        REPORT = "report", _("Report of a mistake")

    class State(models.TextChoices):
        NEW = "new", _("New")
        IN_WORK = "in_work", _("In work")
        ANSWERED = "answered", _("Answered")
        NOT_NEEDED = "not_needed", _("Nothing to do")

    OPEN = (State.NEW, State.IN_WORK)

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="feedback")
    # What readers said outlives the page; its name is kept beside it.
    page = models.ForeignKey(
        BasePage, on_delete=models.SET_NULL, null=True, related_name="feedback"
    )
    page_title = models.CharField(_("page"), max_length=255)
    page_url = models.CharField(_("address"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    is_helpful = models.BooleanField(_("helpful"), null=True)
    is_counted = models.BooleanField(default=False)  # the first vote of a network on a day
    text = models.TextField(_("text"), blank=True)
    quote = models.TextField(_("the passage"), blank=True)
    email = SealedTextField(purpose="feedback.addresses", blank=True)
    language = models.CharField(max_length=2, default="id")
    revision = models.PositiveBigIntegerField(null=True)  # of the page as the reader saw it
    published_at = models.DateTimeField(null=True)  # when that state went out
    is_proven = models.BooleanField(default=False)  # a browser did some work for it
    has_personal_data = models.BooleanField(default=False)
    state = models.CharField(  # empty for a bare vote: nobody has to do anything
        _("state"), max_length=10, choices=State.choices, blank=True
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    email_removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    wagtail_reference_index_ignore = True  # as many rows as there are readers

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["office", "state", "-created_at"], name="feedback_list"),
            models.Index(fields=["page", "is_counted"], name="feedback_votes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="vote", is_helpful__isnull=False)
                | Q(kind="report", is_helpful=None),
                name="feedback_vote_says_yes_or_no",
            ),
            models.CheckConstraint(
                condition=~Q(kind="report", text=""), name="feedback_report_has_text"
            ),
        ]

    def __str__(self) -> str:
        words = {"kind": self.get_kind_display(), "number": self.pk, "page": self.page_title}
        return gettext("%(kind)s %(number)s on “%(page)s”") % words

    @property
    def version(self) -> rules.Version | None:
        if self.published_at is None:
            return None
        return rules.Version(self.revision or 0, self.published_at)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Answer(Outgoing):
    """An answer on its way to the reporter who left an address for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        UNSURE = "unsure", _("Perhaps sent")
        REFUSED = "refused", _("Refused by the mail server")
        FAILED = "failed", _("Failed")
        CLOSED = "closed", _("Left as it is")

    STRANDED = (State.UNSURE, State.REFUSED, State.FAILED)  # a person decides

    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="letter")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="feedback_answers_due")]

    def __str__(self) -> str:
        return str(self.feedback)

    @property
    def is_stranded(self) -> bool:
        return self.state in self.STRANDED


class WeeklyLetter(models.Model):
    """That the letter of a week was made for an office, so that it goes out once."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()  # its Monday
    recipients = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "week"], name="feedback_letter_once_a_week")
        ]
