"""What can be refused where something is taken in for another city."""

from diebian.kernel.errors import DiebianError


class NotCarried(DiebianError):
    code, status, title = (
        "services.not_carried",
        409,
        "这个事项不能异地代收，请看它的指南：网上办，或预约后到那里办",
    )


class CarriedElsewhere(DiebianError):
    code, status, title = (
        "services.carried_elsewhere",
        409,
        "这一件已不在这一步，请刷新页面再看",
    )


class EvidenceMissing(DiebianError):
    code, status, title = (
        "services.evidence_missing",
        422,
        "请写凭证：邮件单号、对方谁在什么时候说的，或结果的文号",
    )
