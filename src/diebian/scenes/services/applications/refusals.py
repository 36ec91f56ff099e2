"""What can be refused here. Each says what to do."""

from diebian.kernel.errors import DiebianError


class ThemeChanged(DiebianError):
    code, status, title = (
        "services.theme_changed",
        409,
        "这件事的指南刚刚更新，请从第一步再看一遍，还合用的已经替您留着",
    )


class ThemeRetired(DiebianError):
    code, status, title = (
        "services.theme_retired",
        409,
        "这件事已停办，不再收新的申请，您可以单独申请其中的事项",
    )


class NotRunning(DiebianError):
    code, status, title = (
        "services.application_not_running",
        409,
        "这件事已不在办理中，请刷新页面再看",
    )


class NotAllGiven(DiebianError):
    code, status, title = (
        "services.not_all_given",
        403,
        "授权里没有其中几项，或者已经到期：去掉这几项再办，或请本人补上授权；已经填的没有丢",
    )
