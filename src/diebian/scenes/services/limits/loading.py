"""A city's folder brings the notice of the next year: what is kept of clocks follows it."""

from diebian.base.directory.public import Change, ProfileSection
from diebian.security.identity.public import Actor
from diebian.standards.profile import CityProfile

from .deriving import derive_outlooks


def _follow(_: CityProfile, by: Actor, dry_run: bool) -> list[Change]:
    if not dry_run:
        derive_outlooks(by=by)
    return []


SECTION = ProfileSection("limits", _follow)
