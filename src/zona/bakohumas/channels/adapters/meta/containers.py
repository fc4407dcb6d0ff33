"""Instagram and Threads post in two steps: a container that nobody sees, then its publication.

The number of the container is remembered before it is published, and a container can be published
only once, so that a second try can never make a second post.
"""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from .. import outcomes
from ..base import Account, Adapter, Failure, Later, Message, Sent, forget
from .graph import CLOCKS_APART, Graph, in_seconds, moment, same_words


class Containers(Adapter):
    """What both have in common. `pause` waits so many seconds (tests put in their own)."""

    graph: Graph
    state: ClassVar[str]  # the field of a container that tells its state
    why: ClassVar[str]  # and the one that tells what is wrong with it
    make_path: ClassVar[str]
    publish_path: ClassVar[str]
    quota_path: ClassVar[str]
    list_path: ClassVar[str]
    text_field: ClassVar[str]
    refresh: ClassVar[tuple[str, str]]  # path and grant type
    pause: Callable[[float], None] = staticmethod(time.sleep)
    polls, interval = 8, 3.0  # Instagram needs seconds, Threads advises to wait 30

    @abstractmethod
    def parts(self, message: Message) -> dict[str, str]:
        """What the container is made of."""

    def publish(
        self,
        message: Message,
        *,
        resume: Mapping[str, str] | None = None,
        remember: Callable[[dict[str, str]], None] = forget,
    ) -> Sent:
        container = (resume or {}).get("container", "")
        state = self.state_of(container)[0] if container else "NONE"
        if state == "PUBLISHED":
            raise outcomes.lost()  # by an earlier try: `find` tells its number
        if state in {"NONE", "EXPIRED", "ERROR"}:
            parts = self.parts(message)
            self.spare_quota()
            container = self.graph.post(f"{self.me}/{self.make_path}", final=False, **parts)["id"]
            remember({"container": container})
        self.await_finished(container)
        made = self.graph.post(f"{self.me}/{self.publish_path}", creation_id=container)
        return Sent(made["id"], self.permalink(made["id"]))

    def find(
        self, message: Message, since: datetime, *, resume: Mapping[str, str] | None = None
    ) -> Sent | None:
        container = (resume or {}).get("container", "")
        state = self.state_of(container)[0] if container else "NONE"
        if state == "IN_PROGRESS":
            return None
        listed = self.graph.get(
            f"{self.me}/{self.list_path}",
            fields=f"id,{self.text_field},timestamp,permalink",
            limit="50",
        )
        for post in listed["data"]:
            is_new = moment(post["timestamp"]) >= since - CLOCKS_APART
            if is_new and same_words(post.get(self.text_field, ""), self.said(message)):
                return Sent(post["id"], post.get("permalink", ""))
        if state == "PUBLISHED":
            raise outcomes.unreachable(60)  # there, but not listed yet
        return None

    def said(self, message: Message) -> str:
        """The text as the post shows it."""
        return self.limits.outgoing(message.text, message.link)

    # --- steps ---

    @property
    def me(self) -> str:
        return str(self.settings["account_id"]).strip()

    def state_of(self, container: str) -> tuple[str, str]:
        """State and error text of a container: IN_PROGRESS, FINISHED, ERROR, EXPIRED, PUBLISHED."""
        told = self.graph.get(container, fields=f"id,{self.state},{self.why}")
        return str(told.get(self.state, "IN_PROGRESS")), str(told.get(self.why, ""))

    def await_finished(self, container: str) -> None:
        """Until the service has fetched the picture; Later when it takes too long."""
        for turn in range(self.polls):
            state, why = self.state_of(container)
            if state == "FINISHED":
                return
            if state == "PUBLISHED":
                raise outcomes.lost()
            if state in {"ERROR", "EXPIRED"}:
                raise outcomes.refused(why or state)
            if turn + 1 < self.polls:
                self.pause(self.interval)
        raise Later(_("The service is still fetching the picture."), 60)

    def spare_quota(self) -> None:
        """Refrain when the posts of 24 hours are used up. The number differs between accounts,
        and between Meta's own pages, so the account is asked."""
        told: dict[str, Any] = self.graph.get(
            f"{self.me}/{self.quota_path}", fields="quota_usage,config"
        )
        for row in told.get("data", ()):
            total = int(row.get("config", {}).get("quota_total", 0))
            if total and int(row.get("quota_usage", 0)) >= total:
                raise outcomes.busy(3600)

    def permalink(self, number: str) -> str:
        try:
            return str(self.graph.get(number, fields="permalink").get("permalink", ""))
        except Failure:
            return ""  # it is posted all the same

    def renewed(self, name: str, url: str) -> Account:
        """The account, with a token that counts 60 days anew; one younger than a day cannot."""
        path, grant = self.refresh
        plain = Graph(self.graph.base, "", self.graph.token, timeout=self.timeout, in_header=False)
        try:
            told = plain.get(path, grant_type=grant)
        except Failure:
            return Account(name, url)
        secret = {"token": str(told["access_token"])}
        return Account(name, url, in_seconds(told.get("expires_in")), secret)
