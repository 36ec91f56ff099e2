"""What opening and ending a season can be refused with."""

from diebian.kernel.errors import DiebianError


class SeasonOpen(DiebianError):
    code, status, title = "exchange.season_open", 409, "这个接口已经在高峰期里，先结束那一次"


class SeasonUnclear(DiebianError):
    code, status, title = (
        "exchange.season_unclear",
        422,
        "结束要在开始以后、最长 60 天，每秒次数和排队人数都要大于 0",
    )


class SeasonOver(DiebianError):
    code, status, title = "exchange.season_over", 409, "这个高峰期已经结束"
