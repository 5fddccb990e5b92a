"""Settings of the site. What an operator may change comes from the environment (docs/settings.md)."""

from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE

from .environment import (
    ROOT,
    keep_apart,
    read,
    read_choice,
    read_credit,
    read_database,
    read_folder,
    read_hosts,
    read_mail_server,
    read_rate,
    read_search,
    read_secret_key,
    read_sender,
    read_site_url,
    read_tiles,
)
from .jobs import read_jobs

# --- Where and how it runs ----------------------------------------------------------------------------------
DEMO: bool = read("bool", "DEMO", False)
DEBUG: bool = read("bool", "DEBUG", False)
DATA_DIR = read_folder("DATA_DIR", ROOT / "var")
SECRET_KEY = read_secret_key(demo=DEMO, data=DATA_DIR)
SITE_URL = read_site_url("SITE_URL", "http://localhost:8000", local_only=DEBUG, trial=DEMO)
ALLOWED_HOSTS = read_hosts("ALLOWED_HOSTS", SITE_URL)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
WSGI_APPLICATION = "config.wsgi.application"
ROOT_URLCONF = "config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": read_database(f"sqlite:///{DATA_DIR / 'site.sqlite3'}")}

INSTALLED_APPS = [
    "home.api",
    "home",
    "territoire.desk",
    "temoignages",
    "territoire",
    "search",  # after the apps that register what is found
    "core",
    "core.signin",
    "core.jobs",
    # wagtail_localize.locales stands in for wagtail.locales (design of wagtail-localize).
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
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
    "corsheaders",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.web.policies.PermissionsPolicyMiddleware",
    "core.web.health.HealthMiddleware",
    "core.web.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.web.compression.TextGZipMiddleware",
    "core.web.middleware.PublicCacheMiddleware",
    "core.files.sending.FileMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "core.web.policies.ContentPolicyMiddleware",
    "core.web.middleware.DemoMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.web.middleware.LanguageMiddleware",
    "core.web.middleware.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "core.signin.wall.FactorMiddleware",  # before whatever else looks at what is asked of the admin
    "core.signin.middleware.BrakeMiddleware",
    "core.access.middleware.AccessMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.links.lost.LostAddressMiddleware",
    "core.web.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "site" / "templates"],
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["core.web.templates.Shared", "core.web.templates.OfApps"]),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "core.web.context_processors.site",
            ],
            "builtins": ["core.templatetags.site_tags"],
        },
    }
]

# Widgets of our own are found among the site's templates.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- People -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["core.signin.authentication.DemoAwareBackend"]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "/"  # who signs in to read a restricted page and has lost its address
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "core.signin.resetting.PasswordResetForm"
# Wrong passwords and codes of one account from one address, and reset mails to one address: core/signin/brakes.py.
SIGN_IN_RATE = read_rate("SIGN_IN_RATE", "10/h", brake=True)
RESET_RATE = read_rate("RESET_RATE", "3/h", brake=True)
# Who publishes or administers gives a code after the password; everybody may.
SECOND_FACTOR_REQUIRED: bool = read("bool", "SECOND_FACTOR_REQUIRED", not DEMO)
OTP_TOTP_ISSUER = "Stages santé Loir-et-Cher"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0  # the brake counts; a device's own would lock its owner out
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Languages ----------------------------------------------------------------------------------------------
# French is the source. A further language is one line here, one catalogue and one command: docs/languages.md.
LANGUAGE_CODE = "fr"
LANGUAGES = [
    ("fr", "Français"),
    ("en", "English"),
    ("es", "Español"),
    ("de", "Deutsch"),
]
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# No format for everybody: the admin shows dates and times as it reads them, in the editor's language
# (core.fields.date_inputs).
WAGTAIL_DATE_FORMAT = WAGTAIL_DATETIME_FORMAT = WAGTAIL_TIME_FORMAT = ""
FORMAT_MODULE_PATH = ["core.languages.formats"]
# Languages for which Django has no custom of its own: the day comes first, as everywhere in Europe.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# Ours; and what Wagtail's French says wrongly or not at all, said anew on purpose.
LOCALE_PATHS = [ROOT / "site" / "locale", ROOT / "site" / "locale_admin"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# --- Cache --------------------------------------------------------------------------------------------------
# Files, because all workers of a machine must forget the same thing at once, and no further server is needed. What is
# kept of pictures, a row each size, has a folder of its own (Wagtail looks for this name): it pushes no menu out.
CACHES = {
    name: {
        "BACKEND": "core.cache.file_cache.ForgivingFileCache",
        "LOCATION": DATA_DIR / "cache" / name,
        "OPTIONS": {"MAX_ENTRIES": most},
    }
    for name, most in {"default": 2000, "renditions": 20_000}.items()
}

# How often one address asked lately (core/limits/counters.py); it may be lost.
COUNTS_FILE = DATA_DIR / "counts.sqlite3"

# --- Files --------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
# An image has its collected files inside, apart from the data volume, which outlives the image.
STATIC_ROOT = read_folder("STATIC_ROOT", DATA_DIR / "static")
# Leaflet comes as a package; only its static files are used, so it is no installed app.
LEAFLET_FILES = Path(find_spec("leaflet").origin).parent / "static"
STATICFILES_DIRS = [ROOT / "static", LEAFLET_FILES]
keep_apart(STATIC_ROOT, STATICFILES_DIRS, DATA_DIR, DATABASES["default"])
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
SERVE_MEDIA: bool = read("bool", "SERVE_MEDIA", DEMO or DEBUG)
# Whether the door hands out files that the site lets somebody read (X-Accel-Redirect): docker/nginx.conf does.
FILES_BY_DOOR: bool = read("bool", "FILES_BY_DOOR", False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEMO or DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEMO or DEBUG

# Bytes that a request may have: a question to the desk, and a video of the admin. docker/nginx.conf says the same.
MOST_SENT = 1024 * 1024
MOST_SENT_TO_ADMIN = 200 * 1024 * 1024

# --- Wagtail ------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = OTP_TOTP_ISSUER
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_STATIC_FILE_VERSION_STRINGS = False
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.admin.forms.SiteImageForm"
# For the speed of `core/pictures/encoding.py`.
WAGTAILIMAGES_AVIF_QUALITY = 58
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "core.SiteDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "odt", "pdf", "pptx", "vtt", "webm", "xlsx"]
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "video/mp4", "video/webm", "text/vtt"]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is ever loaded from another host
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# --- Search -------------------------------------------------------------------------------------------------
# The admin searches in the database; visitors too, unless SEARCH_URL names a search server (docs/search.md).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.admin.search"}}
SEARCH_CLUSTER = read_search()
# Seconds that a visitor waits for the search server before the database answers instead.
SEARCH_PATIENCE = 0.8
# Whether a process stores by itself which searches found nothing.
SEARCH_RETRIES = True

# --- What others fetch (docs/universities.md) --------------------------------------------------------------------
# Requests of one address to the API: number/stretch (s, m, h, d).
API_RATE = read_rate("API_RATE", "120/m")
API_SEARCH_RATE = read_rate("API_SEARCH_RATE", "30/m")
# Papers that are set in type for each asker (territoire/outlets/documents.py).
PDF_RATE = read_rate("PDF_RATE", "20/m")
# Pages of other sites may read all of this: it is public, and no cookie goes with it.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(api|feeds|data)/|^/oembed$|^/o/[^/]+/[a-z-]+\.json$"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept-language", "if-modified-since", "if-none-match"]
CORS_EXPOSE_HEADERS = [
    *("Content-Language", "ETag", "Last-Modified", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"),
]

# --- Jobs ---------------------------------------------------------------------------------------------------
# What `manage.py work` does beside the web (core/jobs, and the apps' timetable.py).
_jobs = read_jobs()
TASKS = _jobs["TASKS"]
INSTALLED_APPS += _jobs["APPS"]
RQ_QUEUES = _jobs.get("RQ_QUEUES", {})
# Seconds after which the job of a worker that was killed is done by another.
JOBS_LEASE = 60

# --- Map ----------------------------------------------------------------------------------------------------
# IGN's public tiles need no key: https://geoservices.ign.fr/services-web-essentiels
MAP_TILES_URL = read_tiles(
    "MAP_TILES_URL",
    "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=normal&FORMAT=image/png"
    "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
    SITE_URL,
)
MAP_TILES_CREDIT = read_credit("MAP_TILES_CREDIT", "© IGN – Géoplateforme")

# --- E-mail -------------------------------------------------------------------------------------------------
_mail = read_mail_server()
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = read_sender("DEFAULT_FROM_EMAIL", "guichet@localhost", EMAIL_HOST)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# --- Security -----------------------------------------------------------------------------------------------
HTTPS: bool = SITE_URL.startswith("https://")
BEHIND_PROXY: bool = read("bool", "BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# How many proxies add to X-Forwarded-For the address that asked them: the door of docker/ hands on exactly one.
TRUSTED_PROXIES = 1 if BEHIND_PROXY else 0
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for all subdomains binds more than this site: the domain's owner decides
    "security.W019",  # the admin previews pages in a frame: X_FRAME_OPTIONS below
    "security.W021",  # the browsers' preload lists: as W005
]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # IGN's tiles ask for an origin, no more
CSRF_FAILURE_VIEW = "core.web.refusals.csrf_failed"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin's page preview is a frame of the same origin
TILES_ORIGIN = "/".join(MAP_TILES_URL.split("/")[:3]).replace("{s}", "*")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", TILES_ORIGIN],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
# The admin's preview is a frame. Its forms start their choosers and dates by scripts in the page, and its editors write
# style elements (Wagtail 8, wagtail-localize 1.14): these two are allowed, scripts in attributes and of others are not.
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "frame-src": [SELF],
    # A picture that is being uploaded is shown before it is stored.
    "img-src": [*CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"], "blob:"],
    "script-src": [SELF, UNSAFE_INLINE],
    # "return;": how the editor of a picture's focal point asks whether the screen can be touched.
    "script-src-attr": ["'unsafe-hashes'", "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
    "style-src": [SELF, UNSAFE_INLINE],
}
# Where nobody is signed in yet, nothing of it is needed.
STRICT_ADMIN_PREFIXES = ("/admin/login/", "/admin/logout/", "/admin/password_reset/", "/admin/second-factor/")
# Features of a browser that no page here uses, for no page and no frame.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
        *("local-fonts", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"),
    )
)

LOG_LEVEL = read_choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
# One line for each page, task and request to a search server is too much to see what matters. What a client of a search
# server warns of, the search says itself, once.
LOUD = {"django_tasks": "WARNING", "django_tasks_db": "WARNING", "modelsearch": "WARNING", "wagtail": "WARNING"}
LOUD |= {"elastic_transport": "ERROR", "elasticsearch": "ERROR", "opensearch": "ERROR", "opensearchpy": "ERROR"}
LOUD |= {"pikepdf": "WARNING"}  # says that it has been imported
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"refusals": {"()": "core.web.logs.RefusalsInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {name: {"level": level} for name, level in LOUD.items()},
}

DEMO_ADMIN = {"username": "demo", "password": "demo-loir-et-cher"}
