"""Opening data to the public: licences, how small a group may be, and within which days to answer.

What may be opened: 中网办发文〔2017〕24号, 个人信息保护法 第四条 (what
is anonymised is no personal information), 第二十五条 (personal information is not made public).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .metadata import Level
from .sharing import Limit

HIGHEST_OPEN = Level.TWO  # 3 级、4 级 are never open to everybody


@dataclass(frozen=True)
class Licence:
    """`says` in plain words; `url` names the text, for machines (dct:license)."""

    slug: str
    title: str
    url: str
    says: str


LICENCES: Mapping[str, Licence] = {
    one.slug: one
    for one in (
        Licence(
            "cc-by-4.0",
            "知识共享 署名 4.0（CC BY 4.0）",
            "https://creativecommons.org/licenses/by/4.0/",
            "可以自由使用、转载、改编，商用也可以；要写明数据来自哪个部门。",
        ),
        Licence(
            "cc0-1.0",
            "放弃著作权（CC0 1.0）",
            "https://creativecommons.org/publicdomain/zero/1.0/",
            "可以自由使用，不用写明来源。",
        ),
    )
}


@dataclass(frozen=True)
class GroupRule:
    """k-anonymity: each combination of values that others may know stands for at least `k` rows.

    `is_checked`: whether the number was compared with the text of its source.
    """

    k: int
    source: str
    is_checked: bool


SMALLEST_GROUP = GroupRule(
    20,
    "GB/T 42460-2023 附录D：向所有人公开时，重标识风险不高于 0.05，即每组不少于 20 行",
    is_checked=False,  # from memory: the text was not at hand
)
MOST_LEFT_OUT = 0.2  # of the rows; this project's own: what is left must still stand for the whole
# No law sets days for asking for open data; the one for asking for information is followed.
ANSWER = Limit(20, "参照《政府信息公开条例》第三十三条")
