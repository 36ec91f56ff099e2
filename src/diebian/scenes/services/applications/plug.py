from diebian.base.process.public import owners, services

from .carrying import SERVICES
from .joining import CALLED_CASES


def plug() -> None:
    owners.register(CALLED_CASES)
    for service in SERVICES:
        services.register(service)
