"""`python -m diebian.base.exchange.bench.publishing ROUTES`: so many, from saying to serving.

Checked by Envoy, renamed into place, proved over new connections; then the rig's own grants again.
Prints the seconds of each of three publications that was served in time.
"""

import json
import sys
import time
from contextlib import suppress

import django

TIMES = 3

if __name__ == "__main__":
    django.setup()
    from diebian.base.exchange.gateway.publishing import publish, serve
    from diebian.base.exchange.gateway.refusals import NotServed

    took: list[float] = []
    for turn in range(TIMES):
        wanted = {f"p{turn}-{number:05}": {"c2": "bulk"} for number in range(int(sys.argv[1]))}
        began = time.monotonic()
        with suppress(NotServed):  # not in its patience: then it has no figure
            serve(wanted)
            took.append(round(time.monotonic() - began, 3))
    with suppress(NotServed):
        publish()
    print(json.dumps(took))  # noqa: T201
