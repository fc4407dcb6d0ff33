"""Lets tests that commit empty the database afterwards, which the journal's triggers refuse.

The triggers are dropped for the moment of the flush and put back. Nothing in the program itself can
turn them off, so there is no switch that production could meet.
"""

from functools import wraps

from django.db import connections
from django.test import TransactionTestCase

from zona.journal import guards


def let_tests_flush() -> None:
    """Wrap the teardown of Django's transactional tests; a second call changes nothing."""
    flush = TransactionTestCase._fixture_teardown
    if hasattr(flush, "__wrapped__"):
        return

    @wraps(flush)
    def teardown(self: TransactionTestCase) -> None:
        used = [connections[name] for name in self._databases_names(include_mirrors=False)]
        for connection in used:
            guards.remove(connection)
        try:
            flush(self)
        finally:
            for connection in used:
                if guards.missing(connection):
                    guards.install(connection)

    TransactionTestCase._fixture_teardown = teardown
