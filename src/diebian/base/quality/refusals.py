"""What governance refuses, and with which words."""

from diebian.kernel.errors import DiebianError


class RuleUnclear(DiebianError):
    code, status, title = "quality.rule_unclear", 422, "规则没有写清"


class RuleTaken(DiebianError):
    code, status, title = "quality.rule_taken", 409, "这张表已经有这样一条规则"


class RuleEnded(DiebianError):
    code, status, title = "quality.rule_ended", 409, "这条规则已经停用，请刷新后再看"


class NothingToCheck(DiebianError):
    code, status, title = "quality.nothing_to_check", 409, "这张表还没有规则，请先写一条"


class SaysNothing(DiebianError):
    code, status, title = "quality.says_nothing", 422, "请写明怎样改的，或为什么不用改"


class WrongState(DiebianError):
    code, status, title = "quality.wrong_state", 409, "这件工单已不在这一步，请刷新后再看"


class SuggestionGone(DiebianError):
    code, status, title = "quality.suggestion_gone", 409, "这条建议已被采用或不再合适，请刷新后再看"
