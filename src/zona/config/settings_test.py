"""Settings of the tests: a data folder of their own, jobs at once, cheap passwords."""

import os
import tempfile

os.environ.setdefault("ZONA_DATA", tempfile.mkdtemp(prefix="zona-test-"))

from .settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {
        "BACKEND": "zona.config.jobs_at_commit.JobsAtCommit",
        "QUEUES": TASKS["default"]["QUEUES"],  # noqa: F405
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
REDIRECTS_WRITE_AFTER = None  # only when a test says so
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Closed for a test of the house without them.
_left_out = os.environ.get("ROOMS_LEFT_OUT", "").split()
ROOMS = [name for name in ROOMS if name not in _left_out]  # noqa: F405
INSTALLED_APPS = [name for name in INSTALLED_APPS if name not in _left_out]  # noqa: F405
