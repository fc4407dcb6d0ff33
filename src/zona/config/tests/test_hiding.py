from __future__ import annotations

import logging

from zona.config.hiding import HideSecrets


def test_secrets_in_addresses_do_not_reach_the_log():
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 1, "%s: %s", ("Error", "/en/tinjau/ab-C_1/?x=1"), None
    )
    assert HideSecrets().filter(record)
    assert record.getMessage() == "Error: /en/tinjau/…/?x=1"
