"""Who represents which company today, as the register said not long ago."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, CompanyFacts, companies_of, company
from diebian.standards.mandates import HEAD_IS_BELIEVED


def headed(by: Actor, company_key: str | UUID) -> CompanyFacts:
    """A company that this one represents today; another's does not exist."""
    found = company(str(company_key))
    if found is None or not is_head(by, found):
        raise NotFound
    return found


def is_head(by: Actor, of: CompanyFacts) -> bool:
    """As the register said not long ago: it is asked again by one click."""
    believed = of.confirmed_at + timedelta(days=HEAD_IS_BELIEVED) >= clock.now()
    return by.is_person and by.key == of.head_key and believed


def headed_by(by: Actor) -> Sequence[CompanyFacts]:
    return [one for one in companies_of(by.key) if is_head(by, one)] if by.is_person else []


def to_ask_again(by: Actor) -> Sequence[CompanyFacts]:
    """Which this one represented when the register was last asked, too long ago to be believed."""
    return [one for one in companies_of(by.key) if not is_head(by, one)]
