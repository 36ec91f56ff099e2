"""`python -m diebian.base.exchange.bench.mint SYSTEM`: a token of minutes, for a rig."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from diebian.security.keys.public import token

    print(token(sys.argv[1]))  # noqa: T201
