"""The shape of what people type in, a file for each page."""

from .mount import MountForm, filled_from
from .request import RequestForm
from .season import SeasonForm
from .upstream import KeyForm, UpstreamForm
from .upstream_address import AddressForm

__all__ = [
    "AddressForm",
    "KeyForm",
    "MountForm",
    "RequestForm",
    "SeasonForm",
    "UpstreamForm",
    "filled_from",
]
