"""All tables of this app, for Django. Each stands with its room; nobody imports them from here."""

from diebian.base.exchange.adapters import models as adapters
from diebian.base.exchange.alarms import models as alarms
from diebian.base.exchange.broker import models as broker
from diebian.base.exchange.cases import models as cases
from diebian.base.exchange.grants import models as grants
from diebian.base.exchange.interfaces import models as interfaces
from diebian.base.exchange.metering import models as metering
from diebian.base.exchange.requests import models as requests
from diebian.base.exchange.waiting_line import models as waiting_line

__all__ = [
    "adapters",
    "alarms",
    "broker",
    "cases",
    "grants",
    "interfaces",
    "metering",
    "requests",
    "waiting_line",
]
