"""Every kind of rule there is."""

from .conditions import Condition, Timely
from .identifiers import CreditCode, IdNumber, Registration
from .kind import Kind
from .tables import Agrees, Reference, Unique
from .values import Codes, Filled, Length, Pattern, Range

TIMELY = Timely.slug
PERSON = IdNumber.slug
_ALL: tuple[Kind, ...] = (
    Filled(), IdNumber(), CreditCode(), Registration(), Unique(), Range(), Length(), Pattern(),
    Codes(), Reference(), Agrees(), Condition(), Timely(),
)  # fmt: skip
KINDS = {one.slug: one for one in _ALL}
