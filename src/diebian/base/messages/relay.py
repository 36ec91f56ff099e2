"""`python -m diebian.base.messages.relay`: outbox to NATS, NATS to handlers."""

import asyncio
import signal

import django


async def _run() -> None:
    from .courier import Courier  # after Django is set up

    courier = Courier()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, courier.stopping.set)
    await courier.run()


def main() -> None:
    django.setup()
    asyncio.run(_run())


if __name__ == "__main__":
    main()
