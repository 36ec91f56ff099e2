"""The web process: `python -m diebian.assembly.web PORT`."""

import sys

from granian import Granian
from granian.constants import Interfaces


def serve(port: int) -> None:
    Granian(
        "django.core.wsgi:get_wsgi_application",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=8,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
