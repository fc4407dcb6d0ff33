"""Django's settings, all of them derived from the environment (see environment.py)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext

from . import environment, mail_providers, wiring

django_stubs_ext.monkeypatch()

ENV = environment.read(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.load_secret_key(ENV)
SECRET_KEY_FALLBACKS = list(ENV.old_secret_keys)
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.allowed_hosts)
BASE_URL = ENV.base_url
IS_HTTPS = urlsplit(BASE_URL).scheme == "https"

ROOMS = wiring.ROOMS
INSTALLED_APPS = [
    *ROOMS,
    "wagtail.contrib.routable_page",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "csp",
]

MIDDLEWARE = [
    "zona.config.web.middleware.HealthMiddleware",
    "zona.serving.middleware.KeepMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zona.ground.journal.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "zona.config.web.middleware.HeadersMiddleware",
    "zona.config.web.addresses.AddressMiddleware",
    "zona.config.web.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zona.backstage.rights.midnight.FollowDates",
    "zona.offices.setup.SetupMiddleware",
    "zona.offices.sign_in.middleware.RequireSecondFactor",
    "zona.backstage.rights.isolation.IsolationMiddleware",
    "zona.config.web.hiding.KeepReferrers",
    "zona.offices.sign_in.middleware.KnowBrowsers",
    "zona.offices.sign_in.middleware.NoteSessions",
    "zona.website.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "zona.config.urls"
WSGI_APPLICATION = "zona.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zona.config.web.context.chrome",
            ],
        },
    },
]

# SQLite: write-ahead log, and writers that queue (IMMEDIATE) instead of failing half-way.
DATABASES = {"default": dj_database_url.parse(ENV.database_url, conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# On files, for all processes of a machine. It drops entries as it likes: nothing that safety rests
# on lives here; limits and used codes are tables (ground/guard/limits.py).
CACHES = {
    "default": {
        "BACKEND": "zona.config.web.full_disk.PatientFileCache",
        "LOCATION": ENV.data / "cache",
    }
}

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "outward", "recordings", "files"],  # each a line of its own
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "locale" / "overlay"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
FORMAT_MODULE_PATH = ["zona.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = ENV.data / "media"
PRIVATE_ROOT = ENV.data / "private"  # no address leads there
DOCS = environment.REPOSITORY / "docs"  # the guides for staff are read from there
MAX_RECORDING = ENV.max_recording * 1024 * 1024  # bytes
WHISPER_MODEL = ENV.whisper_model
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = False
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a long page in the editor has many

# --- people -------------------------------------------------------------------------------
AUTH_USER_MODEL = "offices.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
     "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "zona.offices.sign_in.passwords.StrengthValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "zona.offices.sign_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts begin with an invitation to that very address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/5m/ip,5/10m/key",
    "reset_password": "10/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
ACCOUNT_FORMS = {"login": "zona.offices.forms.account.SignInForm"}
ACCOUNT_SESSION_REMEMBER = True  # twelve hours, see SESSION_COOKIE_AGE; no box to tick
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Zona] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses that strangers type
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
MFA_ADAPTER = "zona.offices.sign_in.adapters.MFAAdapter"
MFA_FORMS = {"add_webauthn": "zona.offices.forms.account.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Zona"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_COOKIE_AGE = 60 * 60 * 12

# --- Wagtail ------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Zona"
WAGTAIL_PAGE_MODEL = "site.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "site.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "zona.website.site.files.photo_form.PhotoForm"
WAGTAILDOCS_DOCUMENT_MODEL = "site.PublicFile"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False  # approval follows the risk of an item: newsroom
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# An address typed as a link stays as typed: looking it up would name pages of other offices.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 10
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "doc", "docx", "mp3", "mp4", "odt", "pdf", "ppt", "pptx",
                          "vtt", "xls", "xlsx", "zip"]  # fmt: skip
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing may be fetched from outside
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "zona.config.office_search"}}
TAGGIT_CASE_INSENSITIVE = True

# --- security -----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "worker-src": ["'self'"],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor shows a page's preview in a frame
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CROSS_ORIGIN_RESOURCE_POLICY = "same-origin"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
if ENV.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- rooms ------------------------------------------------------------------------------
REDIRECTS_WRITE_AFTER: float | None = 5  # seconds; visits are counted in memory until then

# --- mail and logs ------------------------------------------------------------------------
globals().update(mail_providers.email_settings(ENV.email_url))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "zona.config.web.hiding.HidingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
        }
    },
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},  # names every page it touches; the journal does that
        "apscheduler": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},  # names every address it calls, tokens in them too
        "django_tasks": {"level": "WARNING"},
        "opensearch": {"level": "CRITICAL"},  # would write down what people look for
    },
}
