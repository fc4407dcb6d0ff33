"""Files whose rows are gone: deleted by a job that is queued in the transaction of the cause.

Deleted at once, a change that is rolled back would have lost its file; deleted after the commit, a
death in between would have kept what somebody took away for good.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model


def let_go(row: Model | type[Model], field: str, name: str) -> None:
    """Have the file of that name removed once the transaction is committed; "" is nothing."""
    from .tasks import remove_file

    if name:
        remove_file.enqueue(row._meta.label, field, name)


def remove_file(model: str, field: str, name: str) -> bool:
    """Delete a file by the storage of its field, unless a row names it (again)."""
    owner: Any = apps.get_model(model)
    if owner._base_manager.filter(**{field: name}).exists():
        return False
    owner._meta.get_field(field).storage.delete(name)
    return True
