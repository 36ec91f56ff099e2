from diebian.base.directory.public import profile_sections

from .loading import SECTION


def plug() -> None:
    profile_sections.register(SECTION)
