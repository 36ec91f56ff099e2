"""What can be refused of what a department's own system says."""

from diebian.kernel.errors import DiebianError


class ChangesUnclear(DiebianError):
    code, status, title = (
        "services.changes_unclear",
        422,
        "看不懂：每条变化要有 seq、case_no、state，seq 是从 1 起的整数",
    )
