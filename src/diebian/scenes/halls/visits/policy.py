from diebian.scenes.halls.places.models import Hall
from diebian.scenes.halls.places.policy import may_sit
from diebian.security.identity.public import Actor

from .models import HomeVisit


def may_ask(by: Actor, hall: Hall) -> bool:
    """For oneself or for somebody old at home; or a clerk, for whoever calls."""
    return by.is_person or may_sit(by, hall)


def may_route(by: Actor, hall: Hall) -> bool:
    return may_sit(by, hall)


def may_see(by: Actor, visit: HomeVisit) -> bool:
    return (by.is_person and by.key == visit.asked_by) or may_route(by, visit.hall)
