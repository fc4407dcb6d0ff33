import pytest
from django.apps import apps
from django.db import connection

from zona.operations.backup.archive.tables import DERIVED, describe_table, find_unnamed, read_schema

pytestmark = pytest.mark.django_db


def test_every_table_is_carried_or_named_as_derived() -> None:
    assert find_unnamed(connection, read_schema(connection)) == []


def test_a_table_nobody_named_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE forgotten (id integer)")
    assert find_unnamed(connection, read_schema(connection)) == ["forgotten"]


def test_every_derived_table_is_one() -> None:
    for label in DERIVED.keys() - {"wagtailsearch.SQLiteFTSIndexEntry"}:  # of one engine
        assert apps.get_model(label)


def test_every_column_can_be_carried() -> None:
    for model in read_schema(connection).models():
        if model._meta.label not in DERIVED:
            describe_table(model)


def test_nothing_that_is_carried_points_to_what_is_not() -> None:
    for model in read_schema(connection).models():
        if model._meta.label in DERIVED:
            continue
        for field in model._meta.local_concrete_fields:
            if field.remote_field:
                assert field.related_model._meta.label not in DERIVED, (model, field)
