"""The store as the read path meets it: one that is away answers nothing, and breaks nothing."""

import asyncpg

STORE_AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
