"""好差评: five grades, and the days of what follows (国办发〔2019〕51号, GB/T 39734, 39735—2020).

The circular asks that every bad rating is called back, put right and answered, that mistaken and
malicious ones can be contested, and that who rated is protected. It names no days: a city promises
its own in `ratings.yaml`; where it says nothing, these defaults of the project stand.
"""

from collections.abc import Mapping

from django.db.models import IntegerChoices, TextChoices

from .sharing import Limit

SOURCE = "国办发〔2019〕51号没有规定天数"
LONGEST = 120  # working days


class Grade(IntegerChoices):
    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    BAD = 2, "不满意"
    VERY_BAD = 1, "非常不满意"


BAD_GRADES = (Grade.BAD, Grade.VERY_BAD)  # 差评


class Step(TextChoices):
    """As `days` of `ratings.yaml` names them."""

    OPEN = "open", "可以评价"
    REMIND = "remind", "再请一次评价"
    CALL_BACK = "call_back", "回访"
    ANSWER = "answer", "整改并答复"
    SECOND = "second", "等再评价"
    DECIDE = "decide", "主管部门决定"


USUAL: Mapping[Step, int] = {
    Step.OPEN: 30,
    Step.REMIND: 3,
    Step.CALL_BACK: 2,
    Step.ANSWER: 15,
    Step.SECOND: 10,
    Step.DECIDE: 5,
}


def limit_of(step: Step, promised: Mapping[str, int]) -> Limit:
    """`promised`: the city's own working days by step, in force when the step's service began."""
    if step in promised:
        return Limit(promised[step], f"本市承诺的期限（{SOURCE}）")
    return Limit(USUAL[step], f"平台通用的期限，本市没有另定（{SOURCE}）")
