"""Why a file is not taken, and what to do about it."""

from diebian.kernel.errors import DiebianError


class PaperRefused(DiebianError):
    """What is shown where the file was chosen."""

    code, status, title = "papers.refused", 422, "这个文件不收"


class PaperMissing(PaperRefused):
    code, status, title = "papers.missing", 422, "请先选一个文件，或拍一张照片"


class PaperEmpty(PaperRefused):
    code, status, title = "papers.empty", 422, "这个文件是空的，请重新选一个"


class PaperTooLarge(PaperRefused):
    code, status, title = (
        "papers.too_large",
        413,
        "文件太大。请分成几个文件，或把扫描的分辨率调低再传",
    )


class PaperKindWrong(PaperRefused):
    code, status, title = (
        "papers.kind_wrong",
        422,
        "这种文件不收。请用 PDF、OFD、JPG、PNG，或没有宏的 DOCX、XLSX",
    )


class PaperMisnamed(PaperRefused):
    code, status, title = (
        "papers.misnamed",
        422,
        "文件名和内容对不上，可能选错了文件，请核对以后再传",
    )


class PaperDangerous(PaperRefused):
    code, status, title = (
        "papers.dangerous",
        422,
        "文件里有会自己运行的内容，不能收。请另存为 PDF 再传",
    )


class PaperInfected(PaperRefused):
    code, status, title = (
        "papers.infected",
        422,
        "文件里有病毒特征，不能收。请先在您的电脑或手机上查毒，或带原件到窗口",
    )


class PaperPacked(PaperRefused):
    code, status, title = (
        "papers.packed",
        422,
        "文件里还套着别的文件，或展开以后太大，不能收。请另存为 PDF 再传",
    )


class PaperLocked(PaperRefused):
    code, status, title = "papers.locked", 422, "文件有密码，打不开。请去掉密码再传"


class PaperBroken(PaperRefused):
    code, status, title = "papers.broken", 422, "文件打不开，可能没有存完整。请重新存一份再传"


class NotAgreed(DiebianError):
    code, status, title = (
        "papers.not_agreed",
        409,
        "这份材料没有同意再用，或已过期、已移除，请重新交一份",
    )
