from diebian.base.process.problems import FileRefused
from diebian.kernel.errors import DiebianError


class NotDeployable(FileRefused):
    code, status, title = "process.not_deployable", 422, "流程图还不能部署"


class NotDeployed(DiebianError):
    code, status, title = "process.not_deployed", 404, "没有部署过这个流程"


class NotOneDecision(DiebianError):
    code, status, title = "process.not_one_decision", 422, "文件要为且只为一个决策"
