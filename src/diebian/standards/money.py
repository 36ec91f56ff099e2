"""Money in fen, whole numbers; how it is written for people: in yuan, and in the capitals of a
receipt (《支付结算办法》附一：正确填写票据和结算凭证的基本规定).
"""

from decimal import Decimal

FEN_IN_YUAN = 100
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
GROUP = 10_000


def yuan(fen: Decimal | int) -> str:
    """Two digits behind the point."""
    return f"{Decimal(fen) / FEN_IN_YUAN:.2f}"


def in_capitals(fen: int) -> str:
    """大写. `fen`: not below nought."""
    whole, rest = divmod(fen, FEN_IN_YUAN)
    jiao, cents = divmod(rest, 10)
    said = f"{_whole(whole)}元" if whole else ""
    if not rest:
        return f"{said or '零元'}整"
    if jiao:
        said += f"{DIGITS[jiao]}角"
    elif said:
        said += "零"
    return said + (f"{DIGITS[cents]}分" if cents else "整")


def _whole(number: int) -> str:
    groups: list[str] = []
    for name in GROUPS:
        number, group = divmod(number, GROUP)
        if group:
            said = _group(group) + name
            groups.append(f"零{said}" if number and group < GROUP // 10 else said)
    return "".join(reversed(groups))


def _group(group: int) -> str:
    """Up to four digits; noughts in a row are said once, those at the end not at all."""
    said = ""
    for place in reversed(range(len(PLACES))):
        digit = group // 10**place % 10
        if digit:
            said += DIGITS[digit] + PLACES[place]
        elif said and not said.endswith("零"):
            said += "零"
    return said.rstrip("零")
