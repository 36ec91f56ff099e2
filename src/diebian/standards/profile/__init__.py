"""A city is a folder of data. Reading it finds every fault with file, line and a sentence.

`docs/city-profile.md` tells what the files say. `tables` and `shapes` know how a file is written,
`columns`, `contents`, `measures`, `infrastructure` and `journeys` what stands in each,
`references` what the files say of each other.
"""

from .city import CityProfile, check, load
from .faults import Fault
from .licences import read_table as read_licence_table
from .licences import types_of as types_of_licences
from .master_data import read_declaration
from .tables import Row

__all__ = [
    "CityProfile",
    "Fault",
    "Row",
    "check",
    "load",
    "read_declaration",
    "read_licence_table",
    "types_of_licences",
]
