"""The directory's door: the city, its divisions, its organisations, its working days."""

from .actions import load_city, load_working_days
from .changes import Change, Verb, compared, differences
from .refusals import AnotherCity, ProfileFaulty
from .sections import ProfileSection, profile_sections
from .selectors import (
    CityHead,
    CityLine,
    Organisation,
    Version,
    city,
    city_head,
    counterparts,
    counties,
    counties_of,
    county_of,
    draft_days,
    history_of,
    name_on,
    organisation,
    organisations,
    sharing_promises,
    working_calendar,
)

__all__ = [
    "AnotherCity",
    "Change",
    "CityHead",
    "CityLine",
    "Organisation",
    "ProfileFaulty",
    "ProfileSection",
    "Verb",
    "Version",
    "city",
    "city_head",
    "compared",
    "counterparts",
    "counties",
    "counties_of",
    "county_of",
    "differences",
    "draft_days",
    "history_of",
    "load_city",
    "load_working_days",
    "name_on",
    "organisation",
    "organisations",
    "profile_sections",
    "sharing_promises",
    "working_calendar",
]
