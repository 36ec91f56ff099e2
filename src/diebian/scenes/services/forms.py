"""The form a person sends: three things to fill, nothing that government already holds."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from .refusals import AmountWrong, FieldUnknown, StatementMissing

FIELDS = {"amount", "card_tail", "statement"}
TRANSPORT = {"csrfmiddlewaretoken", "once"}
CARD_TAIL_DIGITS = 4
LARGEST = 100_000_000


def read_application(sent: Mapping[str, str]) -> dict[str, str]:
    if set(sent) - FIELDS - TRANSPORT:
        raise FieldUnknown
    if sent.get("statement") != "on":
        raise StatementMissing
    tail = sent.get("card_tail", "").strip()
    if len(tail) != CARD_TAIL_DIGITS or not (tail.isascii() and tail.isdigit()):
        raise AmountWrong("收款银行卡请填卡号最后 4 位数字")
    return {"amount": f"{_amount(sent.get('amount', '')):.2f}", "card_tail": tail}


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.strip().replace(",", ""))
    except InvalidOperation as error:
        raise AmountWrong from error
    if not amount.is_finite() or not 0 < amount <= LARGEST or amount != round(amount, 2):
        raise AmountWrong
    return amount
