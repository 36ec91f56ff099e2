"""The register of data elements: what others name, are suggested, and tell of themselves."""

from .actions import propose_element, register_element, retire_element
from .facts import DataElement, ElementFacts
from .refusals import ElementUnknown
from .selectors import elements_named, standard_elements
from .suggesting import elements_meant
from .using import ElementUser, Named, Names, element_users

__all__ = [
    "DataElement",
    "ElementFacts",
    "ElementUnknown",
    "ElementUser",
    "Named",
    "Names",
    "element_users",
    "elements_meant",
    "elements_named",
    "propose_element",
    "register_element",
    "retire_element",
    "standard_elements",
]
