"""The platform's settings and one more plug-in: the hearers of these tests."""

from diebian.assembly.settings import *  # noqa: F403
from diebian.assembly.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.messages.hearers.HearersConfig"]
