"""The fixtures of linked.py for the whole folder; a test module's own come first."""

from .linked import admin, letters_leave, office, phone, reporter, review

__all__ = ["admin", "letters_leave", "office", "phone", "reporter", "review"]
