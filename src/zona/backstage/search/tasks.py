"""Background work of search: thin calls of actions."""

import datetime as dt

from django.conf import settings
from django_tasks import task

from zona.ground.outbox.queues import OUTWARD


@task()
def rebuild_index() -> dict[str, int]:
    """Make the index anew, for instance after an upgrade that reads words otherwise."""
    from .index.rebuilding import rebuild_all

    return rebuild_all()


@task()
def learn_words() -> int:
    """Words of what was published lately, for guesses at mistyped ones."""
    from .index.vocabulary import learn_words as learn

    return learn(dt.timedelta(minutes=15))


@task()
def count_words() -> int:
    """Count all words anew: those of removed entries go."""
    from .index.vocabulary import count_words as count

    return count()


@task(queue_name=OUTWARD)
def send_changes() -> int:
    """What OpenSearch was not told yet; nothing without OpenSearch."""
    from .engines.base import EngineUnavailable
    from .index.sending import catch_up

    try:
        return catch_up() if settings.ENV.search_url else 0
    except EngineUnavailable:
        return 0  # it is asked again in a minute
