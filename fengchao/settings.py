"""Settings. Everything a deployer may set is an environment variable read here and described in the guide."""

import os
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .base import keyfile, postgres

# Numpy keeps a thread for every processor, which waits at full speed. Our matrices are small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("FENGCHAO_HOME", ".fengchao")).resolve()

# Secrets are made on first use and stay in the home folder.
FENGCHAO_KEY = keyfile.load_or_make(HOME / "master.key")
SECRET_KEY = keyfile.load_or_make(HOME / "session.key").hex()

# DEBUG shows code and data to whoever looks: there is no way to turn it on in a running service.
DEBUG = False
ALLOWED_HOSTS = os.environ.get("FENGCHAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith(("127.", "localhost", "["))]
HTTPS = os.environ.get("FENGCHAO_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "fengchao.base",
    "fengchao.sheets",
    "fengchao.areas",
    "fengchao.accounts",
    "fengchao.people",
    "fengchao.sightings",
    "fengchao.work",
    "fengchao.maps",
    "fengchao.reports",
    "fengchao.privacy",
    "fengchao.designs",
    "fengchao.sync",
    "fengchao.exchange",
    "fengchao.web",
    "fengchao.demo",
]

MIDDLEWARE = [
    "fengchao.base.nul.NulMiddleware",
    "fengchao.web.phones.PhonesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "fengchao.accounts.gate.GateMiddleware",
    "fengchao.web.middleware.ActingMiddleware",
]

ROOT_URLCONF = "fengchao.urls"
WSGI_APPLICATION = "fengchao.wsgi.application"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [ROOT / "web" / "templates"],  # before the apps, so that sign-in pages look like ours
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "fengchao.web.context.page",
    ]},
}]


def _database(url: str, **options: object) -> dict[str, object]:
    return {"ENGINE": "django.db.backends.postgresql", **postgres.django_settings(url),
            "OPTIONS": options, "DISABLE_SERVER_SIDE_CURSORS": False}


# Until base.postgres.ensure has run there is no database; the names are then filled by whoever starts it.
_urls = postgres.urls_of(HOME) or postgres.Urls("postgresql:///none", "postgresql:///none")
# Only statements of fixed text are prepared (base.sql.run), few and known; each is planned once for a connection.
PREPARED = {"prepare_threshold": 1_000_000, "options": "-c plan_cache_mode=force_generic_plan"}
DATABASES = {
    "default": _database(_urls.app, **PREPARED, pool={"min_size": 1, "max_size": 20, "timeout": 30}),
    "owner": _database(_urls.owner),
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "fengchao.accounts.backend.Backend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher",
                    "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fengchao.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}  # an office of fifty people has one address
MFA_ADAPTER = "fengchao.accounts.mfa.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fengchao"
# Roles whose holders must have a second factor before they can do anything.
SECOND_FACTOR_ROLES = set(filter(None, os.environ.get(
    "FENGCHAO_SECOND_FACTOR_ROLES", "system_administrator,data_steward").split(",")))

# Signing in with the account of one's unit, if it runs an OpenID provider. `OIDC_CLAIM` names what of its answer is the
# username here.
OIDC_URL = os.environ.get("FENGCHAO_OIDC_URL", "").rstrip("/")
OIDC_CLAIM = os.environ.get("FENGCHAO_OIDC_CLAIM", "preferred_username")
SOCIALACCOUNT_ADAPTER = "fengchao.accounts.identity.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{
    "provider_id": "unit",
    "name": os.environ.get("FENGCHAO_OIDC_NAME", ""),
    "client_id": os.environ.get("FENGCHAO_OIDC_CLIENT", ""),
    "secret": os.environ.get("FENGCHAO_OIDC_SECRET", ""),
    "settings": {"server_url": OIDC_URL},
}] if OIDC_URL else []}}

# Five wrong passwords for a name from an address: that name waits a quarter of an hour, at that address only, so
# that nobody can lock a secretary out from elsewhere. Pages and phones share the count.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "fengchao.accounts.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

DEVICE_TOKEN_DAYS = 30
ONE_TIME_PASSWORD_HOURS = 72
# Networks besides the public internet that webhooks may reach: the district's own, say 10.20.0.0/16.
WEBHOOK_NETWORKS = [ip_network(net) for net in os.environ.get("FENGCHAO_WEBHOOK_NETWORKS", "").split(",") if net]
TOKEN_DAYS = 366  # the longest a token for another program may hold

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "fengchao.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "style-src-attr": ["'unsafe-inline'"],  # charts and stack views set widths and positions
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "worker-src": [SELF],
    # Signing in with the unit's account is a form of ours that leads there.
    "form-action": [SELF, *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))] if OIDC_URL else [])],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}}

# A base map under the map's drawing: address with {z}/{x}/{y}, approval number and owner, datum. See maps.tiles.
MAP_TILES = (os.environ.get("FENGCHAO_TILES", ""), os.environ.get("FENGCHAO_TILES_CREDIT", ""),
             os.environ.get("FENGCHAO_TILES_DATUM", "wgs84"))

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = None

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},  # its warnings hold names and addresses
}

SILENCED_SYSTEM_CHECKS = ["axes.W003"]
