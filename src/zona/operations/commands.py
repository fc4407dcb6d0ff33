"""What every command of `zona` shares: how it speaks, fails, starts itself and reaches Django."""

import os
import sys

# -P: never import from the folder in which the operator happens to stand.
SELF = (sys.executable, "-P", "-m", "zona")


class CommandFailed(Exception):
    """A command cannot go on; the message (Indonesian) says why and how to mend."""


def say(line: str) -> None:
    """Print a line for the operator at once."""
    print(line, flush=True)  # noqa: T201


def start_django() -> None:
    """Load Django with Zona's settings."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zona.config.settings")
    django.setup()


def call(name: str, *arguments: object, **options: object) -> None:
    """Run a management command; its CommandError becomes ours."""
    start_django()
    from django.core.management import CommandError, call_command

    try:
        call_command(name, *arguments, **options)
    except CommandError as error:
        raise CommandFailed(str(error)) from error
