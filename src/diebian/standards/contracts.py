"""What an interface contract must say about persons, for forms, city folders and mounting alike."""

from collections.abc import Mapping
from typing import Any

from .identifiers import is_id_number, plain_id_number


def person_fault(contract: Mapping[str, Any]) -> str:
    """A sentence, or empty. `person` names the parameter that is a 公民身份号码.

    Whose read it is, the guesses and the live case hang on it: a parameter whose sample is such a
    number cannot stay unsaid.
    """
    named, request = contract.get("person") or "", contract.get("request") or {}
    if named:
        return "" if named in request else f"请求参数里没有“{named}”，请写我们的参数名"
    samples = contract.get("probe") or {}
    unsaid = [one for one in request if is_id_number(plain_id_number(str(samples.get(one, ""))))]
    return f"“{'、'.join(unsaid)}”的样例是公民身份号码，请写明它是按人查的参数" if unsaid else ""
