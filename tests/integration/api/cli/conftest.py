"""Commands in this process, for somebody with a household's records."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import report, session
from api.cli.main import app
from data.postgres import create_engine
from data.sample import generate_household
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.financial.conftest import Books

HOUSEHOLD = generate_household(81, end=date(2026, 10, 31), months=13)
Command = Callable[..., Any]


@pytest.fixture(scope="module")
def person(postgres_url: str, postgres_engine: object) -> UserId:
    """Somebody with the household's records; the engine fixture has migrated the database."""
    assert postgres_engine
    user_id = UserId(new_uuid())

    async def load() -> None:
        engine = create_engine(postgres_url)
        await Books(build_use_cases(engine), user_id).load_household(HOUSEHOLD)
        await engine.dispose()

    asyncio.run(load())
    return user_id


@pytest.fixture
def nivesh(person: UserId, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command over the tests' database instead of the engines of a home."""

    @asynccontextmanager
    async def open_session() -> AsyncIterator[Any]:
        engine = create_engine(postgres_url)
        finance = SimpleNamespace(finance=build_use_cases(engine))
        try:
            yield SimpleNamespace(application=finance, identity=Identity(person))
        finally:
            await engine.dispose()

    monkeypatch.setattr(session, "open_session", open_session)
    monkeypatch.setattr(report, "engines_boot_meanwhile", nullcontext)
    return lambda *arguments: CliRunner().invoke(app, arguments)
