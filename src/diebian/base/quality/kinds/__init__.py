"""Every kind of rule there is."""

from .conditions import Condition, Timely
from .identifiers import CREDIT_CODE, ID_NUMBER, REGISTRATION
from .kind import Kind
from .tables import Agrees, Reference, Unique
from .values import Codes, Filled, Length, Pattern, Range

TIMELY = Timely.slug
PERSON = ID_NUMBER.slug
UNIQUE = Unique.slug
_ALL: tuple[Kind, ...] = (
    Filled(), ID_NUMBER, CREDIT_CODE, REGISTRATION, Unique(), Range(), Length(), Pattern(),
    Codes(), Reference(), Agrees(), Condition(), Timely(),
)  # fmt: skip
KINDS = {one.slug: one for one in _ALL}
