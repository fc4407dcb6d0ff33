"""How often one network may search. Counted in the memory of a process, kept nowhere."""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

from django.http import HttpRequest

from zona.ground.guard.actions import network_of

WINDOW = 60  # seconds
# Offices and mobile networks share addresses: many people can be behind one.
SEARCHES, SUGGESTIONS = 120, 600  # a window and process
MOST_NETWORKS = 20_000


class Limit:
    """A count by network that begins anew with every window."""

    def __init__(self, most: int) -> None:
        self.most, self.window, self.counts, self.lock = most, 0, Counter[str](), Lock()

    def allows(self, request: HttpRequest) -> bool:
        """Count this request; False when its network asked too often."""
        now, network = int(time.monotonic() // WINDOW), network_of(request)
        with self.lock:
            if now != self.window or len(self.counts) > MOST_NETWORKS:
                self.window = now
                self.counts.clear()
            self.counts[network] += 1
            return self.counts[network] <= self.most


searches, suggestions = Limit(SEARCHES), Limit(SUGGESTIONS)
