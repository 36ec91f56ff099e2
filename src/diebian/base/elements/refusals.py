"""What the register of data elements refuses, and with which words."""

from diebian.kernel.errors import DiebianError


class DefinitionUnclear(DiebianError):
    code, status, title = "elements.definition_unclear", 422, "数据元没有写清"


class NameTaken(DiebianError):
    code, status, title = "elements.name_taken", 409, "已经有同名的标准数据元，请用已有的"


class IdentifierTaken(DiebianError):
    code, status, title = "elements.identifier_taken", 409, "这个标识符已有数据元使用，请换一个"


class IdentifierWrong(DiebianError):
    code, status, title = (
        "elements.identifier_wrong",
        422,
        "标识符只用字母、数字和 . - _，以字母或数字开头，最多 40 个",
    )


class WrongState(DiebianError):
    code, status, title = "elements.wrong_state", 409, "这个数据元已不在这一步，请刷新后再看"


class ReasonMissing(DiebianError):
    code, status, title = "elements.reason_missing", 422, "请写明理由"


class ElementUnknown(DiebianError):
    code, status, title = "elements.unknown", 422, "没有这个标准数据元"
