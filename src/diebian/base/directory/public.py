"""The directory's door: the city, its divisions, its organisations, its working days."""

from .actions import AnotherCity, Change, ProfileFaulty, load_city, load_working_days
from .selectors import CityLine, Organisation, city, counties, organisation, working_calendar

__all__ = [
    "AnotherCity",
    "Change",
    "CityLine",
    "Organisation",
    "ProfileFaulty",
    "city",
    "counties",
    "load_city",
    "load_working_days",
    "organisation",
    "working_calendar",
]
