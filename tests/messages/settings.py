"""The platform's settings and one more plug-in: the hearers of these tests, who answer
sooner than real ones must."""

from diebian.assembly.settings import *  # noqa: F403
from diebian.assembly.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.messages.hearers.HearersConfig"]
HANDLER_SECONDS = 2.0
