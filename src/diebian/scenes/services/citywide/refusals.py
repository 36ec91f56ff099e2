"""What can be refused when a case is received in one place and decided in another."""

from diebian.kernel.errors import DiebianError


class NotReceivedHere(DiebianError):
    code, status, title = (
        "services.not_received_here",
        404,
        "您的窗口没有收过这个编号的件，不能打开；查进度请本人登录“我的办件”，或打热线报编号",
    )


class SameBody(DiebianError):
    code, status, title = (
        "services.same_body",
        422,
        "选的地方还是由本机关办，不用转；真不归本机关管的，请选事情实际所在的地方",
    )
