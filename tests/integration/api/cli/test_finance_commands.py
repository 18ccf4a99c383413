"""`nivesh finance` in a pipe and as JSON, in this process, on a household's records."""

from __future__ import annotations

import asyncio
import json
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
    return lambda *arguments: CliRunner().invoke(app, ["finance", *arguments])


@pytest.mark.parametrize(
    ("arguments", "heading", "field"),
    [
        (("net-worth", "--months", "6"), "Month\tNet worth\tChange", "points"),
        (("cash-flow", "--months", "6"), "Month\tIncome\tSpending", "purposes"),
        (("income",), "Month\tIncome", "steadiness"),
        (("compare", "2026-08", "2026-09-01..2026-09-30"), "What\tCategory\tBefore", "payees"),
        (("subscriptions",), "Payee\tAmount\tPaid", "subscriptions"),
        (("bills", "--from", "2026-11-01"), "Due\tPayee", "days"),
        (("anomalies", "--days", "366"), "Day\tPayee\tAmount", "anomalies"),
        (("forecast", "--every", "30"), "Day\tExpected\tLow", "coverage_percent"),
        (("budgets", "list"), "Category\tLimit", "budgets"),
        (("budgets", "alerts"), "Month\tCategory\tLevel", "alerts"),
    ],
)
def test_each_prints_a_table_and_json(nivesh: Command, arguments: tuple[str, ...], heading: str, field: str) -> None:
    table = nivesh(*arguments)
    assert table.exit_code == 0, table.exception
    assert table.stdout.startswith(heading)
    printed = nivesh(*arguments, "--json")
    assert printed.exit_code == 0, printed.exception
    assert field in json.loads(printed.stdout)


def test_the_figures_are_the_households(nivesh: Command) -> None:
    lines = nivesh("net-worth").stdout.splitlines()
    assert lines[-1].split("\t")[:2] == ["2026-10", str(sum(HOUSEHOLD.truth.closing.values()))]
    compared = json.loads(nivesh("compare", "2026-08", "2026-09", "--json").stdout)
    spent = HOUSEHOLD.truth.spend_total
    assert (compared["before"], compared["after"]) == (str(spent["2026-08"]), str(spent["2026-09"]))


def test_a_budget_is_set_listed_and_deleted(nivesh: Command) -> None:
    made = nivesh("budgets", "set", "dining", "9000", "--month", "2026-09", "--rollover", "all", "--alert", "70")
    assert made.exit_code == 0, made.exception
    assert "dining\t9000.00\t" in nivesh("budgets", "list").stdout
    assert nivesh("budgets", "delete", "dining").exit_code == 0
    assert "dining" not in nivesh("budgets", "list").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "2026-08", "2026-09", "--measure", "fun"),
        ("compare", "2026-08", "2026-09..2026-10"),
        ("budgets", "set", "fun", "1"),
        ("budgets", "set", "dining", "1", "--rollover", "some"),
        ("forecast", "--days", "0"),
        ("bills", "--from", "tomorrow"),
    ],
)
def test_wrong_use_is_refused_with_exit_code_2(nivesh: Command, arguments: tuple[str, ...]) -> None:
    assert nivesh(*arguments).exit_code == 2
