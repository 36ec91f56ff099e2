"""The web process: `python -m diebian.assembly.web PORT`."""

import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces


def serve(port: int) -> None:
    Granian(
        "diebian.assembly.web:application",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=8,
        log_access=False,
    ).serve()


def application() -> Any:
    """In granian's worker, which would go on serving old code when its parent is killed -9."""
    from django.core.wsgi import get_wsgi_application

    from diebian.cloud.runtime.public import end_with_parent

    end_with_parent()
    return get_wsgi_application()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
