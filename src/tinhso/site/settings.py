"""Settings: one file that reads the environment.

Every variable is described in docs/reference/settings.md.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

SOURCE = Path(__file__).resolve().parents[1]
PROJECT = SOURCE.parents[1]
HOME = Path(os.environ.get("TINHSO_HOME", PROJECT / "var"))
DEMO = os.environ.get("TINHSO_DEMO") == "1"
ANCHORS = Path(os.environ.get("TINHSO_ANCHORS", HOME.with_name(f"{HOME.name}-anchors")))

SECRET_KEY = os.environ.get("TINHSO_SECRET_KEY", "")
SECRET_KEY_FALLBACKS = os.environ.get("TINHSO_SECRET_KEY_FALLBACKS", "").split()
DEBUG = os.environ.get("TINHSO_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("TINHSO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("TINHSO_ORIGINS", "").split(",") if origin
]

BEHIND_HTTPS = any(origin.startswith("https://") for origin in CSRF_TRUSTED_ORIGINS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if BEHIND_HTTPS else 0
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TINHSO_PROXIES", "0"))
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "tinhso.site",
    "tinhso.portal",
    "tinhso.counter",
    "tinhso.inspections",
    "tinhso.tasks",
    "tinhso.dossiers",
    "tinhso.datasets",
    "tinhso.indicators",
    "tinhso.notifications",
    "tinhso.payments",
    "tinhso.forms",
    "tinhso.files",
    "tinhso.parties",
    "tinhso.accounts",
    "tinhso.agencies",
    "tinhso.calendars",
    "tinhso.packs",
    "tinhso.warehouse",
    "tinhso.events",
    "tinhso.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tinhso.site.headers.HeadersMiddleware",
    "tinhso.site.problems.ProblemMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tinhso.ui.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "tinhso.site.bodies.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tinhso.site.bodies.SeenTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tinhso.site.refusals.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tinhso.accounts.middleware.ActorMiddleware",
    "tinhso.portal.station.StationMiddleware",
]

ROOT_URLCONF = "tinhso.site.urls"
WSGI_APPLICATION = "tinhso.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tinhso.ui.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tinhso.ui.templatetags.ui",
                "tinhso.dossiers.templatetags.naming",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    connections = int(os.environ.get("TINHSO_POOL", "8"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": connections}} if connections else {},
        "TEST": {"NAME": os.environ.get("TINHSO_TEST_DB", "test_tinhso")},
    }


DATABASES = {
    "default": _database(
        os.environ.get("DATABASE_URL", "postgres://tinhso_app@127.0.0.1:5432/tinhso")
    )
}
CACHES = {
    # Attempts to sign in and to look up are counted for all processes together. Whatever passes
    # the most entries is culled, counts that still hold too: strangers must not be able to get there.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROVINCE_KEY = os.environ.get("TINHSO_PROVINCE", "quang-ngai")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
ACCOUNT_ADAPTER = "tinhso.accounts.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key"}
"""Five wrong passwords close an account for five minutes; a whole commune may stand behind one address."""
ACCOUNT_FORMS = {
    "login": "tinhso.accounts.sign_in_forms.SignInForm",
    "signup": "tinhso.accounts.sign_in_forms.SignUpForm",
    "change_password": "tinhso.accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "tinhso.accounts.sign_in_forms.FirstPasswordForm",
    "reset_password": "tinhso.accounts.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "tinhso.accounts.sign_in_forms.NewPasswordForm",
    "reauthenticate": "tinhso.accounts.sign_in_forms.PasswordAgainForm",
}
MFA_ADAPTER = "tinhso.accounts.sign_in.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "tinhso.accounts.sign_in_forms.CodeForm",
    "reauthenticate": "tinhso.accounts.sign_in_forms.CodeAgainForm",
    "activate_totp": "tinhso.accounts.sign_in_forms.ActivateCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tỉnh Số"
USERSESSIONS_TRACK_ACTIVITY = False
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
FORMAT_MODULE_PATH = ["tinhso.site.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
CLOCK_OFFSET_SECONDS = int(os.environ.get("TINHSO_CLOCK_OFFSET_SECONDS", "0"))

FILES_ROOT = HOME / "files"
WAREHOUSE = HOME / "warehouse"
WAREHOUSE_ENGINE = os.environ.get("TINHSO_ENGINE", "duckdb")
SPARK_MASTER = os.environ.get("TINHSO_SPARK_MASTER", "local[2]")
CLAMD = os.environ.get("TINHSO_CLAMD", "")

# smtp://, smtp+starttls:// or smtps://user@host:port; without it mail lies in HOME/mail.
_smtp = urlsplit(os.environ.get("TINHSO_SMTP", ""))
MAIL_IS_ON = bool(_smtp.hostname)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_IS_ON else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = _smtp.hostname or ""
EMAIL_PORT = _smtp.port or {"smtps": 465, "smtp+starttls": 587}.get(_smtp.scheme, 25)
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = os.environ.get("TINHSO_SMTP_PASSWORD", "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = _smtp.scheme == "smtp+starttls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("TINHSO_MAIL_FROM", "tinhso@localhost")
PUBLIC_ADDRESS = os.environ.get("TINHSO_ADDRESS", "").rstrip("/")

# The adapter of the national portal; without it nothing is told there.
NATIONAL_URL = os.environ.get("TINHSO_NATIONAL_URL", "")
NATIONAL_USER = os.environ.get("TINHSO_NATIONAL_USER", "")
NATIONAL_SECRET = os.environ.get("TINHSO_NATIONAL_SECRET", "")
NATIONAL_UNIT = os.environ.get("TINHSO_NATIONAL_UNIT", "")
NATIONAL_ROUTE = os.environ.get("TINHSO_NATIONAL_ROUTE", "")
NATIONAL_SINCE = os.environ.get("TINHSO_NATIONAL_SINCE", "")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "tinhso": {"handlers": ["stderr"], "level": "INFO"},
    },
}
