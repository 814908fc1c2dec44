"""The process that does the queued jobs; `fengchao serve` starts it, a second machine may run it alone."""

import asyncio
from typing import Any

from .loading import load_django


def main(*, until_empty: bool = False) -> None:
    load_django()
    from procrastinate.contrib.django import app

    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as worker_app:
        asyncio.run(_work(worker_app, until_empty))


async def _work(app: Any, until_empty: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=2, wait=not until_empty, install_signal_handlers=True,
                                   shutdown_graceful_timeout=10, delete_jobs="successful", listen_notify=True)


if __name__ == "__main__":
    main()
