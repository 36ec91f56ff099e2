"""All tables of this app, for Django. Each stands with its room; nobody imports them from here."""

from diebian.base.process.definitions import models as definitions
from diebian.base.process.running import models as running

__all__ = ["definitions", "running"]
