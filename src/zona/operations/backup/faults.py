"""Why a backup was not made or not taken back."""

from ..commands import CommandFailed


class BackupError(CommandFailed):
    """It cannot go on; the message (Indonesian) says why and how to mend."""
