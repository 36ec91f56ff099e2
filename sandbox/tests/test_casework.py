"""Four systems that take cases in, each in words of its own: once for each reference."""

import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import yaml

from diebian.base.exchange.adapters.formats import question, rows_in
from sandbox.estate import ESTATE
from sandbox.fund import FUND
from sandbox.health import HEALTH
from sandbox.hr import HR
from sandbox.server import Department, Request, open_store

CITY = Path(__file__).parents[2] / "cities/tieling"
JOURNEY = yaml.load((CITY / "journey.yaml").read_text(), yaml.CSafeLoader)
CONTRACTS = {one["slug"]: one["contract"] for one in JOURNEY["resources"]}
SYSTEMS = {
    one["push"].removesuffix("-cases"): one["states"]
    for one in yaml.safe_load((CITY / "case_systems.yaml").read_text())["systems"]
}
DEPARTMENTS = {"hr": HR, "health": HEALTH, "estate": ESTATE, "fund": FUND}


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_DATABASE_URL", os.environ["DATABASE_URL"])
    monkeypatch.setenv("SANDBOX_SEED", str(CITY / "sandbox.yaml"))
    monkeypatch.setenv("SANDBOX_HEALTH_ALWAYS", "1")


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_case_is_filed_once_and_its_course_is_told_in_the_systems_own_words(system: str) -> None:
    department, ref = DEPARTMENTS[system], uuid4().hex[:16]
    wants = {"granted": {"样例": "1"}, "refused": {"样例": "样例不予"}}

    async def told() -> dict[str, list[str]]:
        pool = await open_store(department)
        async with pool:
            for end, form in wants.items():
                first = await _filed(pool, department, f"{ref}{end}", form)
                assert first == await _filed(pool, department, f"{ref}{end}", form)
            return await _courses(pool, department)

    courses = asyncio.run(told())
    for end in wants:
        means = [SYSTEMS[system][state] for state in courses[f"{ref}{end}"]]
        assert means == ["received", "accepted", end]


@pytest.mark.parametrize("system", SYSTEMS)
def test_whoever_tries_the_line_is_answered_and_nothing_is_kept(system: str) -> None:
    department = DEPARTMENTS[system]

    async def tried() -> list[list[Mapping[str, str]]]:
        pool = await open_store(department)
        async with pool:
            slugs = (f"{system}-cases", f"{system}-progress")
            return [await _ask(pool, department, one, CONTRACTS[one]["probe"]) for one in slugs]

    for slug, rows in zip(("cases", "progress"), asyncio.run(tried()), strict=True):
        assert set(rows[0]) == set(CONTRACTS[f"{system}-{slug}"]["fields"])


async def _filed(
    pool: asyncpg.Pool, department: Department, ref: str, form: Mapping[str, str]
) -> str:
    told = {**CONTRACTS[f"{department.name}-cases"]["probe"], "case_no": ref}
    told["form"] = json.dumps(form, ensure_ascii=False)
    [row] = await _ask(pool, department, f"{department.name}-cases", told)
    return str(row["number"])


async def _courses(pool: asyncpg.Pool, department: Department) -> dict[str, list[str]]:
    """Of each case, as its log tells it when it is asked on and on."""
    lines: dict[int, Mapping[str, str]] = {}
    for _ in range(60):
        since = {"since": str(max(lines, default=0))}
        rows = await _ask(pool, department, f"{department.name}-progress", since)
        lines |= {int(row["seq"]): row for row in rows}
    told: dict[str, list[str]] = {}
    for seq in sorted(lines):
        told.setdefault(lines[seq]["case_no"], []).append(lines[seq]["state"])
    return told


async def _ask(
    pool: asyncpg.Pool, department: Department, slug: str, parameters: dict[str, str]
) -> list[Any]:
    contract = CONTRACTS[slug]
    _, body = question(contract, parameters)
    headers = {name.lower(): value for name, value in contract.get("headers", {}).items()}
    request = Request("POST", contract["path"], headers, body, "")
    reply = await department.answer(pool, request)
    return rows_in(contract, reply.body.encode(reply.encoding))
