"""Parts of a city's folder that components above take in. Each registers itself."""

from collections.abc import Callable
from dataclasses import dataclass

from diebian.kernel.registry import Registry
from diebian.security.identity.public import Actor
from diebian.standards.profile import CityProfile

from .changes import Change

Load = Callable[[CityProfile, Actor, bool], list[Change]]


@dataclass(frozen=True)
class ProfileSection:
    """`diff_and_load(profile, by, dry_run)` runs in the load's transaction, after the directory.

    It tells each change, is idempotent, deletes nothing, and with `dry_run` writes nothing.
    """

    slug: str
    diff_and_load: Load


profile_sections: Registry[ProfileSection] = Registry("profile section")
