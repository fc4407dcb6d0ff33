"""The entry of the web server: the front with Django behind it."""

# isort: off
from .wsgi import application as django  # first: it sets Django up

# isort: on
from django.conf import settings

from zona.serving.front.front import Front, Settings

from .web.security import security_headers

application = Front(
    django,
    Settings(
        threads=settings.ENV.threads,
        memory=settings.ENV.page_memory * 2**20,
        session_cookie=settings.SESSION_COOKIE_NAME,
        static_path=settings.STATIC_URL,
        trusts_proxy=bool(settings.ENV.trusted_proxies),
        base_url=settings.BASE_URL,
        hosts=tuple(settings.ALLOWED_HOSTS),
        headers=security_headers(),
    ),
)
