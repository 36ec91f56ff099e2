from diebian.kernel.errors import DiebianError


class CannotMove(DiebianError):
    code, status, title = "process.cannot_move", 409, "这一件不能改用那一版"
