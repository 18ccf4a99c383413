"""The gateway: known tools, granted scopes, valid arguments, exact results."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from services.shared.application.effect_ledger import EffectKey, Outcome
from services.shared.domain.errors import InvalidInputError, PermissionDeniedError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from tools.arguments import Amount, PeriodArguments
from tools.calls import ArgumentsTooLongError
from tools.gateway import (
    ApprovalNeededError,
    ResultTooLargeError,
    ToolGateway,
    ToolNotFoundError,
    ToolTimeoutError,
)
from tools.tool import Cost, Effect, Preview, Tool, ToolArguments


class Arguments(PeriodArguments):
    least: Amount | None = None


@dataclass(frozen=True, slots=True)
class View:
    from_: date
    total: Decimal
    nothing: str | None
    left_out: tuple[str, ...]


CALLER = Identity(UserId(new_uuid()), frozenset({"finance:read"}))


@pytest.fixture
def gateway() -> ToolGateway:
    async def run(identity: Identity, wanted: Arguments) -> View:
        assert identity is CALLER
        return View(wanted.from_, (wanted.least or Decimal(0)) + Decimal("0.10"), None, ())

    return ToolGateway(
        [Tool(name="sum_up", description="Sums up.", scope="finance:read", arguments=Arguments, run=run)]
    )


async def test_results_are_json_with_decimals_as_strings(gateway: ToolGateway) -> None:
    arguments = {"from": "2026-10-01", "to": "2026-10-31", "least": "0.20"}
    assert await gateway.run(CALLER, "sum_up", arguments) == {"from": "2026-10-01", "total": "0.30"}


async def test_unknown_tools_and_missing_scopes_are_refused(gateway: ToolGateway) -> None:
    with pytest.raises(ToolNotFoundError, match="sum_up"):
        await gateway.run(CALLER, "sum_down", {})
    with pytest.raises(PermissionDeniedError, match="finance:read"):
        await gateway.run(Identity(CALLER.user_id, frozenset({"goals:read"})), "sum_up", {})
    assert gateway.tools(frozenset()) == []


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ('{"from": "2026-10-01"}', "to"),
        ('{"from": "2026-10-01", "to": "yesterday"}', "to"),
        ('{"from": "2026-10-01", "to": "2026-10-31", "least": 0.2}', "least"),
        ('{"from": "2026-10-01", "to": "2026-10-31", "least": "-1"}', "least"),
        ('{"from": "2026-10-01", "to": "2026-10-31", "user_id": "someone-else"}', "user_id"),
    ],
)
async def test_wrong_arguments_name_themselves(gateway: ToolGateway, arguments: str, field: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        await gateway.run_json(CALLER, "sum_up", arguments)
    errors = raised.value.extra["errors"]
    assert isinstance(errors, list)
    assert [error["field"].split(".")[0] for error in errors] == [field]


@pytest.mark.parametrize("arguments", ["{", "[]", "null", '"text"'])
async def test_arguments_must_be_a_json_object(gateway: ToolGateway, arguments: str) -> None:
    with pytest.raises(InvalidInputError):
        await gateway.run_json(CALLER, "sum_up", arguments)


async def test_arguments_that_are_too_long_are_not_looked_at(gateway: ToolGateway) -> None:
    fields = {f"field_{number}": 10**30 for number in range(5_000)}
    with pytest.raises(ArgumentsTooLongError):
        await gateway.run_json(CALLER, "sum_up", "{" + "x" * 100_000)
    with pytest.raises(ArgumentsTooLongError):
        await gateway.run(CALLER, "sum_up", fields)


def test_the_schema_uses_the_callers_names(gateway: ToolGateway) -> None:
    (tool,) = gateway.tools(CALLER.scopes)
    schema = tool.parameters()
    assert schema["required"] == ["from", "to"]
    assert schema["additionalProperties"] is False
    assert "title" not in str(schema)


def test_a_write_without_a_preview_cannot_be_declared(gateway: ToolGateway) -> None:
    async def run(_: Identity, wanted: Arguments) -> View:
        return View(wanted.from_, Decimal(0), None, ())

    with pytest.raises(TypeError, match="preview"):
        Tool(name="erase", description="", scope="finance:write", arguments=Arguments, run=run, effect=Effect.WRITE)


class Ledger:
    """Keeps results by key, as the real one does in PostgreSQL."""

    def __init__(self) -> None:
        self.kept: dict[EffectKey, bytes] = {}

    async def once(self, key: EffectKey, work: Callable[[], Awaitable[bytes]], *, wait: bool = False) -> Outcome:
        if key in self.kept:
            return Outcome(self.kept[key], repeated=True)
        self.kept[key] = await work()
        return Outcome(self.kept[key], repeated=False)

    async def forget_old(self) -> int:
        return 0


class Deed(ToolArguments):
    amount: Amount
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    amount: Decimal
    times: int


@pytest.fixture
def writing() -> ToolGateway:
    times = 0

    async def run(_: Identity, wanted: Deed) -> Done:
        nonlocal times
        times += 1
        return Done(wanted.amount, times)

    async def preview(_: Identity, wanted: Deed) -> Preview:
        return Preview(f"Do {wanted.amount}.")

    deed = Tool(
        name="do",
        description="Does it.",
        scope="finance:read",
        arguments=Deed,
        run=run,
        preview=preview,
        effect=Effect.WRITE,
    )
    return ToolGateway([deed], Ledger())


async def test_a_write_is_previewed_in_canonical_form_and_done_once(writing: ToolGateway) -> None:
    prepared = await writing.preview(CALLER, "do", {"amount": "5.50", "note": None})
    assert (prepared.arguments, prepared.preview.summary) == ({"amount": "5.50"}, "Do 5.50.")
    results = [await writing.write(CALLER, "do", prepared.arguments, key="run 1 call_1_1") for _ in range(3)]
    assert results == [{"amount": "5.50", "times": 1}] * 3
    assert await writing.write(CALLER, "do", prepared.arguments, key="run 1 call_1_2") == {"amount": "5.50", "times": 2}


async def test_a_grant_that_refuses_stops_the_write(writing: ToolGateway) -> None:
    async def refuse() -> None:
        raise PermissionDeniedError("no")

    with pytest.raises(PermissionDeniedError):
        await writing.write(CALLER, "do", {"amount": "5"}, key="k", grant=refuse)
    assert (await writing.write(CALLER, "do", {"amount": "5"}, key="k"))["times"] == 1


async def test_a_model_cannot_run_a_write_as_a_read(writing: ToolGateway) -> None:
    with pytest.raises(ApprovalNeededError):
        await writing.run_json(CALLER, "do", '{"amount": "5"}')


async def test_the_preview_of_a_read_checks_its_arguments_and_says_that_nothing_changes(gateway: ToolGateway) -> None:
    prepared = await gateway.preview(CALLER, "sum_up", {"from": "2026-10-01", "to": "2026-10-31"})
    assert prepared.preview == Preview("Only read: nothing is changed.")
    with pytest.raises(InvalidInputError, match="from"):
        await gateway.preview(CALLER, "sum_up", {})


class Nothing(ToolArguments):
    pass


@dataclass(frozen=True, slots=True)
class Long:
    items: tuple[str, ...]


async def test_a_model_reads_no_result_beyond_the_bound() -> None:
    async def run(_: Identity, __: Nothing) -> Long:
        return Long(("x" * 1000,) * 100)

    gateway = ToolGateway([Tool(name="list_all", description="All.", scope="finance:read", arguments=Nothing, run=run)])
    with pytest.raises(ResultTooLargeError, match="fewer"):
        await gateway.run_json(CALLER, "list_all", "")
    assert len((await gateway.run(CALLER, "list_all", {}))["items"]) == 100


@pytest.mark.parametrize("cost", list(Cost))
async def test_a_tool_that_hangs_is_stopped_as_its_cost_allows(cost: Cost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cost, "timeout_s", 0)

    async def run(_: Identity, __: Nothing) -> Long:
        await asyncio.Event().wait()
        raise AssertionError("it hangs")

    gateway = ToolGateway(
        [Tool(name="hang", description="Hangs.", scope="finance:read", arguments=Nothing, run=run, cost=cost)]
    )
    with pytest.raises(ToolTimeoutError, match="'hang'"):
        await gateway.run(CALLER, "hang", {})
