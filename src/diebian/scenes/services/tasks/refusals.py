from diebian.kernel.errors import DiebianError


class NobodyToUrge(DiebianError):
    code, status, title = (
        "services.nobody_to_urge",
        409,
        "现在没有部门在办这一步，请看“现在”一栏该做什么",
    )


class NothingChosen(DiebianError):
    code, status, title = "services.nothing_chosen", 422, "请先勾选要一起办的办件"


class TooManyAtOnce(DiebianError):
    code, status, title = "services.too_many_at_once", 422, "一次选得太多，请分几次办"
