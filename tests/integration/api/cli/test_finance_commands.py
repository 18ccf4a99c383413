"""`nivesh finance` in a pipe and as JSON, on a household's records."""

from __future__ import annotations

import json
from functools import partial

import pytest

from tests.integration.api.cli.conftest import HOUSEHOLD, Command


@pytest.fixture
def finance(nivesh: Command) -> Command:
    """The commands of `nivesh finance`."""
    return partial(nivesh, "finance")


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
def test_each_prints_a_table_and_json(finance: Command, arguments: tuple[str, ...], heading: str, field: str) -> None:
    table = finance(*arguments)
    assert table.exit_code == 0, table.exception
    assert table.stdout.startswith(heading)
    printed = finance(*arguments, "--json")
    assert printed.exit_code == 0, printed.exception
    assert field in json.loads(printed.stdout)


def test_the_figures_are_the_households(finance: Command) -> None:
    lines = finance("net-worth").stdout.splitlines()
    assert lines[-1].split("\t")[:2] == ["2026-10", str(sum(HOUSEHOLD.truth.closing.values()))]
    compared = json.loads(finance("compare", "2026-08", "2026-09", "--json").stdout)
    spent = HOUSEHOLD.truth.spend_total
    assert (compared["before"], compared["after"]) == (str(spent["2026-08"]), str(spent["2026-09"]))


def test_a_budget_is_set_listed_and_deleted(finance: Command) -> None:
    made = finance("budgets", "set", "dining", "9000", "--month", "2026-09", "--rollover", "all", "--alert", "70")
    assert made.exit_code == 0, made.exception
    assert "dining\t9000.00\t" in finance("budgets", "list").stdout
    assert finance("budgets", "delete", "dining").exit_code == 0
    assert "dining" not in finance("budgets", "list").stdout


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
def test_wrong_use_is_refused_with_exit_code_2(finance: Command, arguments: tuple[str, ...]) -> None:
    assert finance(*arguments).exit_code == 2
