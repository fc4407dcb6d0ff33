"""The index of all that is public. Every row here can be made again from its source."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from zona.offices.models import Office


class Entry(index.Indexed, models.Model):
    """One public thing as it is searched. The engine's own table or column follows by trigger."""

    # Wagtail's search of the back office leaves these rows alone.
    search_auto_update: ClassVar[bool] = False

    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, null=True, related_name="search_entries"
    )
    rubric = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    date = models.DateField(null=True)
    year = models.SmallIntegerField(null=True)
    valid_until = models.DateField(null=True)
    url = models.CharField(
        max_length=500, help_text="Path on the installation's own host, without language."
    )
    boost = models.FloatField(default=1.0)
    language = models.CharField(max_length=8, default="id")
    # Stems, and what the entry can be narrowed to, as words: see rules/scopes.py.
    title_stem = models.TextField(blank=True)
    text_stem = models.TextField(blank=True)
    scope = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=32)
    updated_at = models.DateTimeField(db_index=True)
    seen_at = models.DateTimeField()  # when its source last had it

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title"),
        index.SearchField("text"),
        index.SearchField("title_stem"),
        index.SearchField("text_stem"),
        index.FilterField("scopes"),
        index.FilterField("kind"),
        index.FilterField("office"),
        index.FilterField("rubric"),
        index.FilterField("date"),
        index.FilterField("year"),
        index.FilterField("valid_until"),
        index.FilterField("boost"),
    ]

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scopes(self) -> list[str]:
        return self.scope.split()

    @classmethod
    def get_indexed_objects(cls) -> QuerySet[Entry]:
        return cls.objects.none()  # `update_index` of Wagtail must not copy the index once more


class Word(models.Model):
    """A word of the index and in how many entries it stands; for guesses at mistyped words."""

    word = models.CharField(max_length=60, unique=True)
    length = models.PositiveSmallIntegerField(db_index=True)
    documents = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("word of the index")
        verbose_name_plural = _("words of the index")

    def __str__(self) -> str:
        return self.word


class Rebuild(models.Model):
    """One run over all sources; an unfinished one is gone on with."""

    scheme = models.CharField(max_length=32)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.JSONField(default=dict)  # source: last key, or None when it is through

    class Meta:
        verbose_name = _("rebuild of the index")
        verbose_name_plural = _("rebuilds of the index")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Unsent(models.Model):
    """A change of an entry that OpenSearch has not been told yet; one row a change.

    An entry that has no row in Entry any more is to be removed.
    """

    entry_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("change to be sent")
        verbose_name_plural = _("changes to be sent")

    def __str__(self) -> str:
        return str(self.entry_id)
