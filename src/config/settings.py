"""All settings of the site, in one file; ``docs/reference/settings.md`` lists the variables that it reads."""

from pathlib import Path
from typing import Any

from config import env, sqlite

SQLITE_VERSION = sqlite.use_current_library()  # before anything imports Django's database backend

from babel import Locale  # noqa: E402
from csp.constants import NONE, SELF  # noqa: E402

from soyol import packs  # noqa: E402
from soyol.lib.sealing import KeyRing  # noqa: E402

# -- Where this instance lives --------------------------------------------------------------------------------------
ROOT = Path(__file__).resolve().parents[2]
SOYOL_DATA = env.folder("SOYOL_DATA", ROOT / "var", shown="var")
SOYOL_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
SOYOL_PORT = env.integer("SOYOL_PORT", 8000, least=1, most=65535)
#: True where only this machine can reach the site: plain http, and sample accounts may sign in by link.
SOYOL_LOOPBACK = env.boolean("SOYOL_LOOPBACK", default=False)
SOYOL_ORIGIN = env.origin("SOYOL_ORIGIN", f"http://localhost:{SOYOL_PORT}")
SOYOL_HTTPS = SOYOL_ORIGIN.startswith("https://")
SOYOL_KEYS = SOYOL_DATA / "keys.json"
SOYOL_KEY_RING = KeyRing.load_or_create(SOYOL_KEYS)
SECRET_KEY = SOYOL_KEY_RING.derive("django.secret_key").hex()
DEBUG = False

ALLOWED_HOSTS = [
    SOYOL_ORIGIN.split("://")[1].rsplit(":", 1)[0],
    *(["localhost", "127.0.0.1", "[::1]"] if SOYOL_LOOPBACK else []),
    *env.words("SOYOL_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [SOYOL_ORIGIN]

# -- Apps and the way of a request ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "soyol.portal",
    "soyol.workspace",
    "soyol.backups",
    "soyol.protection",
    "soyol.profiles",
    "soyol.letters",
    "soyol.claims",
    "soyol.certificates",
    "soyol.rights",
    "soyol.surveys",
    "soyol.registry",
    "soyol.sources",
    "soyol.accounts",
    "soyol.bodies",
    "soyol.places",
    "soyol.vocab",
    "soyol.files",
    "soyol.notices",
    "soyol.jobs",
    "soyol.audit",
    "soyol.ui",
    "soyol.fields",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "config.middleware.RequestNumber",
    "config.middleware.NoNulInAddress",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.middleware.NoFlood",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "soyol.accounts.middleware.SessionLimits",
    "soyol.accounts.middleware.Doors",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.sample_material.shown",
                "config.contact.shown",
                "soyol.accounts.context.shown",
            ],
        },
    }
]

# -- Database -------------------------------------------------------------------------------------------------------
#: Requests must be short; ``config.manage`` widens this for commands and the worker.
STATEMENT_SECONDS = env.integer("SOYOL_STATEMENT_SECONDS", 30, least=1, most=86_400)
LOCK_SECONDS = env.integer("SOYOL_LOCK_SECONDS", 10, least=1, most=3_600)
IDLE_SECONDS = env.integer("SOYOL_IDLE_SECONDS", 60, least=1, most=86_400)
# Several suites may run beside each other on one server.
_suffix = env.text("SOYOL_TEST_DB_SUFFIX")
_database = env.database("DATABASE_URL", SOYOL_DATA / "soyol.sqlite3")
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = sqlite.options(SQLITE_VERSION)
    _database["TEST"] = {"NAME": ":memory:"}
else:
    _database["OPTIONS"]["options"] = (
        f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s "
        f"-c idle_in_transaction_session_timeout={max(IDLE_SECONDS, STATEMENT_SECONDS)}s"
    )
    _database["TEST"] = {"NAME": f"test_{_database['NAME']}{f'_{_suffix}' if _suffix else ''}"}
# A thread keeps its connection, and with it the pages and plans it has read.
_database |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits on guessing must hold over all web processes, so they are counted in the database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "memory"},
}

# -- Languages, time, formats ---------------------------------------------------------------------------------------
LANGUAGES = [(code, (Locale(code).get_display_name(code) or code).capitalize()) for code in ("mn", "en")]
SOYOL_PACK = env.choice("SOYOL_PACK", "mn", packs.codes())
_pack = packs.load(SOYOL_PACK)
LANGUAGE_CODE = next((told.code for told in _pack.languages if told.code in dict(LANGUAGES)), "en")
LANGUAGE_COOKIE_NAME = "soyol_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = SOYOL_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("SOYOL_TIME_ZONE", _pack.time_zone)
FORMAT_MODULE_PATH = ["config.formats"]

# -- Signing in -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "soyol.accounts.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "soyol.accounts.sign_up.SignUpForm",
    "confirm_email_verification_code": "soyol.accounts.sign_up.CodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "soyol.accounts.sign_in.shown_name"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Digits: who writes in Cyrillic types them without changing the keyboard.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
# Only a new account could change its address there, which would tell it from one that exists: one starts again instead.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SOYOL_HTTPS else "http"
ACCOUNT_RATE_LIMITS = {
    # A room full of artists has one address, and so has much of a mobile network.
    "signup": "60/h/ip",
    "confirm_email": "1/30s/key,6/h/key,60/h/ip",
    "login": "30/m/ip",
    "login_failed": "10/5m/ip,5/5m/key",
    "claim_code": "30/h/ip,10/h/user",
    "survey_begin": "60/h/ip",
    "survey_send": "60/h/ip",
    "certificate_missed": "20/10m/ip",
    "open_question": "120/m/ip",
    "open_file": "30/h/ip",
    "reset_password": "10/h/ip,3/h/key",  # pragma: allowlist secret
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "soyol.accounts.codes.ActivateAppForm",
    "add_webauthn": "soyol.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "soyol.accounts.passkeys.EditPasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SOYOL_LOOPBACK
MFA_TOTP_ISSUER = "Soyol"
#: The state's sign-in, by which somebody proves who they are; the secret is needed with "dan".
SOYOL_STATE_SIGN_IN = env.choice("SOYOL_STATE_SIGN_IN", "none", ("none", "dan"))
SOYOL_DAN_CLIENT = env.needed_text("SOYOL_DAN_CLIENT", needed=SOYOL_STATE_SIGN_IN == "dan")
SOYOL_DAN_SECRET = env.needed_text("SOYOL_DAN_SECRET", needed=SOYOL_STATE_SIGN_IN == "dan")
SOYOL_DAN_ADDRESS = env.secure_origin("SOYOL_DAN_ADDRESS", "https://sso.gov.mn")
#: The register of the state that officers may ask about one entry; ground, token and key are needed with "khur".
SOYOL_EXCHANGE = env.choice("SOYOL_EXCHANGE", "none", ("none", "khur"))
SOYOL_EXCHANGE_GROUND = env.needed_text("SOYOL_EXCHANGE_GROUND", needed=SOYOL_EXCHANGE != "none")
SOYOL_EXCHANGE_PER_DAY = env.integer("SOYOL_EXCHANGE_PER_DAY", 50, least=1, most=10_000)
SOYOL_KHUR_TOKEN = env.needed_text("SOYOL_KHUR_TOKEN", needed=SOYOL_EXCHANGE == "khur")
SOYOL_KHUR_KEY = env.needed_text("SOYOL_KHUR_KEY", needed=SOYOL_EXCHANGE == "khur")
SOYOL_KHUR_ADDRESS = env.secure_origin("SOYOL_KHUR_ADDRESS", "https://xyp.gov.mn")
SOYOL_KHUR_CERTIFICATES = env.text("SOYOL_KHUR_CERTIFICATES")
SOYOL_KHUR_OPERATOR = env.needed_text("SOYOL_KHUR_OPERATOR", needed=False)
#: Seconds until a session ends whatever happens, and when nobody used it.
SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_IDLE_SECONDS = 3 * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SOYOL_HTTPS
SESSION_COOKIE_NAME = "__Host-soyol_session" if SOYOL_HTTPS else "soyol_session"
CSRF_COOKIE_NAME = "__Host-soyol_csrf" if SOYOL_HTTPS else "soyol_csrf"
#: The address of the client comes from this header only when a proxy of ours sets it.
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = env.text("SOYOL_CLIENT_HEADER") or None

# -- What a browser may do with our pages ---------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # A form that is answered with a redirect to elsewhere needs that place, too.
        "form-action": [SELF, *([SOYOL_DAN_ADDRESS] if SOYOL_STATE_SIGN_IN == "dan" else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SOYOL_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SOYOL_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SOYOL_HTTPS
if env.boolean("SOYOL_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# -- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = SOYOL_DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
#: Packages of fonts that package.json pins. They are an enhancement: without them the system's own fonts are shown.
_font_files = {
    "noto-sans": ROOT / "node_modules/@fontsource-variable/noto-sans/files",
    "noto-serif": ROOT / "node_modules/@fontsource-variable/noto-serif/files",
    "noto-sans-mongolian": ROOT / "node_modules/@fontsource/noto-sans-mongolian/files",
}
SOYOL_FONTS = all(folder.is_dir() for folder in _font_files.values())
STATICFILES_DIRS = [
    *[(f"fonts/{name}", folder) for name, folder in _font_files.items() if SOYOL_FONTS],
    *[("fonts", folder) for folder in [ROOT / "src/soyol/ui/fonts"] if SOYOL_FONTS],
]

#: Name of one file is the hash of what is in it, so browsers may keep it for ever.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SOYOL_DATA / "unused"},
    },
    "staticfiles": {"BACKEND": "config.static.HashedFiles"},
}
#: Largest list that is taken in (bytes), and where an upload waits until it is in the vault.
SOYOL_UPLOAD_BYTES = env.integer("SOYOL_UPLOAD_BYTES", 2_000_000_000, least=1_000_000, most=100_000_000_000)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = SOYOL_DATA / "arriving"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# -- Mail and text messages -----------------------------------------------------------------------------------------
#: Everything passes through the outbox (soyol.notices); these say how it leaves it. "outbox": it does not.
SOYOL_MAIL = env.choice("SOYOL_MAIL", "outbox", ("outbox", "smtp", "console", "file"))
EMAIL_BACKEND = "soyol.notices.backend.OutboxBackend"
EMAIL_FILE_PATH = SOYOL_DATA / "mail"
if SOYOL_MAIL == "file":  # invitations stand in the letters
    EMAIL_FILE_PATH.mkdir(mode=0o700, exist_ok=True)
    EMAIL_FILE_PATH.chmod(0o700)
EMAIL_HOST = env.text("SOYOL_MAIL_HOST", "localhost")
EMAIL_PORT = env.integer("SOYOL_MAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("SOYOL_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("SOYOL_MAIL_PASSWORD")
EMAIL_USE_TLS = env.boolean("SOYOL_MAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
SOYOL_CONTACT = env.mail_address("SOYOL_CONTACT")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("SOYOL_MAIL_FROM", "soyol@localhost")
SOYOL_SMS = env.choice("SOYOL_SMS", "outbox", ("outbox", "http"))
SOYOL_SMS_URL = env.gateway("SOYOL_SMS_URL", needed=SOYOL_SMS == "http")
SOYOL_SMS_TOKEN = env.text("SOYOL_SMS_TOKEN")
SOYOL_SMS_FROM = env.text("SOYOL_SMS_FROM", "Soyol")

# -- Long work ------------------------------------------------------------------------------------------------------
#: Seconds after which the work of a silent worker is taken over by another one.
SOYOL_JOB_LEASE_SECONDS = env.integer("SOYOL_JOB_LEASE_SECONDS", 30, least=1, most=3_600)

# -- How long what is kept (soyol.fields.keeping) ------------------------------------------------------------------
#: Row of the table -> how long; the country's pack says it, and the site may say otherwise.
SOYOL_KEEPING = env.periods("SOYOL_KEEP", _pack.keeping)
#: True while a court or an inquiry wants that nothing goes by itself.
SOYOL_KEEP_EVERYTHING = env.boolean("SOYOL_KEEP_EVERYTHING", default=False)

# -- Printing -------------------------------------------------------------------------------------------------------
#: A browser (Chromium) that prints certificates; "" looks for one on the PATH, "none" prints without one.
SOYOL_BROWSER = env.text("SOYOL_BROWSER")

# -- Logs: one line of JSON each, without values of persons -----------------------------------------------------------
_level = env.choice("SOYOL_LOG", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("SOYOL_LOG", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django.server": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
