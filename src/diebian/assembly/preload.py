"""What the Python parts of an installation share, loaded once by the nursery that forks them.

Not the parts' own modules: each of these is still to be run as the main one.
"""

from importlib import import_module

import django

SHARED = (
    "asyncpg",
    "diebian.assembly.urls",
    "django.core.management",
    "granian",
    "granian.server.embed",
    "httpx",
    "nats",
    "procrastinate.contrib.django.procrastinate_app",
    "uvloop",
)

django.setup()
for name in SHARED:
    import_module(name)
