"""A city is a folder of data. Reading it finds every fault with file, line and a sentence.

`docs/city-profile.md` tells what the files say. `tables` and `shapes` know how a file is written,
`columns`, `contents`, `measures`, `infrastructure` and `journeys` what stands in each,
`references` what the files say of each other.
"""

from .city import CityProfile, check, load
from .faults import Fault
from .master_data import read_declaration
from .tables import Row

__all__ = ["CityProfile", "Fault", "Row", "check", "load", "read_declaration"]
