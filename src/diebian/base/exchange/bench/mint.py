"""`python -m diebian.base.exchange.bench.mint SYSTEM…`: tokens of minutes, a line each."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from diebian.security.keys.public import token

    for system in sys.argv[1:]:
        print(token(system))  # noqa: T201
