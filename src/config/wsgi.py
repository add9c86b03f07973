"""The site as a WSGI application; refuses to start on an engine that could lose what it confirmed."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from config import place  # noqa: E402 - needs Django to be set up
from config.checks import refuse_unsafe_engine  # noqa: E402
from soyol.fields import reach  # noqa: E402

place.enter(serves=True)
refuse_unsafe_engine()
reach.serve()
