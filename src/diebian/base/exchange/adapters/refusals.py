"""What a contract is refused for before anybody is asked."""

from diebian.kernel.errors import DiebianError


class PersonUnmarked(DiebianError):
    code, status, title = (
        "exchange.person_unmarked",
        422,
        "接口约定要写明哪个参数是公民身份号码，否则谁被查过记不准",
    )
