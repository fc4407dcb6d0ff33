"""How actors and targets are put into plain values that outlive them."""

from typing import Any, NamedTuple

from django.db.models import Model

PUBLIC = "public"
"""Label of an actor who is not signed in; shown as "A visitor"."""


class Actor(NamedTuple):
    """Who acted: the key and name at that time; both "" for the system itself."""

    id: str
    label: str


class Target(NamedTuple):
    """What was acted on: a type such as `offices.role`, its key, and its name at that time."""

    type: str
    id: str
    label: str = ""


def name_actor(actor: object | str | None) -> Actor:
    """Plain values for a user, for a name such as "zona import", or for the system (None)."""
    if actor is None:
        return Actor("", "")
    if isinstance(actor, str):
        return Actor("", actor)
    if getattr(actor, "is_anonymous", False):
        return Actor("", PUBLIC)
    full_name = getattr(actor, "get_full_name", None)
    label = getattr(actor, "name", "") or (full_name() if full_name else "") or actor
    return Actor(str(getattr(actor, "pk", None) or ""), str(label))


def name_target(target: Model | Target | None) -> Target:
    """Plain values for a saved object; ValueError for one that has no key (yet, or any more)."""
    if target is None:
        return Target("", "")
    if isinstance(target, Target):
        return target
    if target.pk is None:
        raise ValueError("a target needs its key: record after saving and before deleting")
    meta: Any = target._meta
    # A page can be held as its own kind or as plain Page; the record knows it by its root table.
    while (relation := meta.pk.remote_field) is not None and relation.parent_link:
        meta = relation.model._meta
    return Target(meta.label_lower, str(target.pk), str(target))
