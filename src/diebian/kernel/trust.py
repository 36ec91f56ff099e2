"""Which certificates this process believes when it asks others by https.

Reading them all costs 50 ms of processor time: once for a process, not once for each question.
"""

import ssl
from functools import cache


@cache
def trusted() -> ssl.SSLContext:
    """Those of `SSL_CERT_FILE` or `SSL_CERT_DIR` where one is set, else the usual authorities'."""
    import httpx  # slow to load: not for every process that knows the kernel

    return httpx.create_ssl_context()
