"""A thread with a database connection of its own, for Django's blocking calls."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)

    async def ask(self, question: Callable[P, T], *args: P.args, **words: P.kwargs) -> T:
        def answer() -> T:
            try:
                return question(*args, **words)
            except (InterfaceError, OperationalError):
                connection.close()  # the next question comes with a new connection
                raise

        return await asyncio.get_running_loop().run_in_executor(self._thread, answer)
