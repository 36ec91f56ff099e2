"""What a reviewer wants compared, read from the form in the spelling of the interface."""

from collections.abc import Mapping
from datetime import date

from .checks import Facts
from .journey import Claim, Verification
from .refusals import ClaimsMissing, ClaimWrong

LONGEST = 200


def read_claims(verification: Verification, sent: Mapping[str, str]) -> dict[str, str]:
    """Column to what is claimed. What was left empty is not asked about."""
    told = {one.column: sent.get(one.column, "").strip() for one in verification.claims}
    read = {one.column: _read(one, told[one.column]) for one in verification.claims
            if told[one.column]}  # fmt: skip
    if not read:
        raise ClaimsMissing
    return read


def filled_in(verification: Verification, facts: Facts) -> dict[str, str]:
    """What the case tells already."""
    return {one.column: facts.get(one.origin, "") for one in verification.claims}


def _read(claim: Claim, text: str) -> str:
    if claim.choices:
        if text not in claim.choices:
            raise ClaimWrong(f"{claim.label}：请选列出的一项")
        return text
    if claim.kind == "date":
        try:
            return f"{date.fromisoformat(text):%Y%m%d}"
        except ValueError as error:
            raise ClaimWrong(f"{claim.label}：请写成年-月-日，例如 2018-09-01") from error
    if len(text) > LONGEST:
        raise ClaimWrong(f"{claim.label}：最多 {LONGEST} 个字")
    return text
