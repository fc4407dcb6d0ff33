"""Approval before publication: what is asked, of whom, and what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from zona.bakohumas.agenda.models.events import Risk
from zona.ground.sealing.fields import SealedTextField
from zona.offices.models import Office, User
from zona.website.site.models import BasePage


class Step(models.TextChoices):
    EDITOR = "editor", _("Editor")
    LEADER = "leader", _("Leader")


class Review(models.Model):
    """One wish to publish an item, as it stood when asked; at most one waits for each item."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for approval")
        RETURNED = "returned", _("Returned for changes")
        APPROVED = "approved", _("Approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="reviews")
    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="reviews")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    risk = models.CharField(max_length=6, choices=Risk.choices)
    steps = models.JSONField(default=list)  # values of Step, as the office's rule was then
    channels = models.JSONField(default=list)  # numbers of the channels chosen for publication
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(_("word to the reviewer"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["office", "state", "asked_at"], name="review_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(state="waiting"), name="review_one_waits"
            )
        ]


class Reviewer(models.Model):
    """Somebody without an account who may approve by link: registered by an administrator.

    Codes go to the address that stands here, so whoever put it in counts as known to hold it.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="reviewers")
    name = models.CharField(_("name and office of the reviewer"), max_length=120)
    email = SealedTextField(purpose="newsroom.reviewer")
    noted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reviewer without an account")
        verbose_name_plural = _("reviewers without an account")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ReviewLink(models.Model):
    """A secret link to read an item; only its hash is kept.

    With a `reviewer` it decides, by a code that goes to that person's own address and that nobody
    else sees. Without one, whoever holds it may remark.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="links")
    step = models.CharField(max_length=6, choices=Step.choices)
    name = models.CharField(_("name and office of the reviewer"), max_length=120)
    way = models.CharField(max_length=8, choices=[("whatsapp", "WhatsApp"), ("email", _("E-mail"))])
    reviewer = models.ForeignKey(
        Reviewer, on_delete=models.PROTECT, null=True, related_name="links"
    )
    pin_hash = models.CharField(max_length=64, blank=True)
    pin_until = models.DateTimeField(null=True)
    pin_tries = models.PositiveSmallIntegerField(default=0)  # of the code that is out now
    pins_sent = models.PositiveSmallIntegerField(default=0)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at"]


class Verdict(models.Model):
    """What one reviewer said at one step."""

    class Decision(models.TextChoices):
        APPROVE = "approve", _("approved")
        RETURN = "return", _("returned for changes")
        COMMENT = "comment", _("commented")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="verdicts")
    step = models.CharField(max_length=6, choices=Step.choices)
    decision = models.CharField(max_length=7, choices=Decision.choices)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120)  # stays when the account goes
    link = models.ForeignKey(ReviewLink, on_delete=models.SET_NULL, null=True, related_name="+")
    for_whom = models.CharField(max_length=120, blank=True)  # of a deputy: the person stood in for
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]


class Deputy(models.Model):
    """Who decides for a person while that person is away."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", verbose_name=_("who is away")
    )
    deputy = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", verbose_name=_("deputy")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until and including"))

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="deputy_starts_first"
            ),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="deputy_is_another"),
        ]


class Approval(models.TextChoices):
    """Who must agree before an item of a risk is published."""

    NONE = "none", _("Nobody: the writer publishes")
    EDITOR = "editor", _("One editor who is not the writer")
    LEADER = "leader", _("An editor, then the leader")


class NewsroomSettings(models.Model):
    """How one office works; an office without a row works by the defaults."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="newsroom")
    approval_low = models.CharField(
        _("low risk"), max_length=6, choices=Approval.choices, default=Approval.NONE
    )
    approval_medium = models.CharField(
        _("medium risk"), max_length=6, choices=Approval.choices, default=Approval.NONE
    )
    approval_high = models.CharField(
        _("high risk"), max_length=6, choices=Approval.choices, default=Approval.EDITOR
    )
    weekly_target = models.PositiveSmallIntegerField(_("own items a week"), default=2)

    class Meta:
        verbose_name = _("newsroom settings")
        verbose_name_plural = _("newsroom settings")
