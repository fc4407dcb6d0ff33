"""What the journal's tests share."""

from hypothesis import settings

from zona.journal.tests.flushing import let_tests_flush

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
let_tests_flush()
