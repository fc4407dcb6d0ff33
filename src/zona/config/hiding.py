"""Keeps the secrets that stand in addresses out of the log, whoever writes the line."""

from __future__ import annotations

import logging
import re

# Links that let somebody in: for reviewers, for new colleagues, for a sign-in from the shell.
SECRET = re.compile(r"(/(?:tinjau|akun/undangan|akun/tautan)/)[^/\s\"']+")


def hide(text: str) -> str:
    return SECRET.sub(r"\1…", text)


class HideSecrets(logging.Filter):
    """Rewrites a record's message and values; a traceback holds no address by itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(
                hide(value) if isinstance(value, str) else value for value in record.args
            )
        return True
