"""How verbs read to people; each room registers its own in `apps.ready()`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.functional import Promise

Words: TypeAlias = str | Promise


@dataclass(frozen=True, slots=True)
class Verb:
    """A sentence that follows the actor's name, and the names of the fields it changes."""

    sentence: Words
    fields: Mapping[str, Words] = field(default_factory=dict)


_registered: dict[str, Verb] = {}


def register_verb(verb: str, sentence: Words, fields: Mapping[str, Words] | None = None) -> None:
    """Say how `verb` reads after the actor's name; `{target}` stands for the target's name.

    `fields` names the changed fields to people. Pass lazy translations.
    """
    _registered[verb] = Verb(sentence, fields or {})


def find_verb(verb: str) -> Verb:
    """The registered verb; for one no room (any more) knows, its name in words."""
    known = _registered.get(verb)
    return known or Verb(verb.partition(".")[2].replace("_", " "))
