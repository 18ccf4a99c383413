"""The gateway: known tools, granted scopes, valid arguments, exact results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from services.shared.domain.errors import InvalidInputError, PermissionDeniedError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from tools.arguments import Amount, PeriodArguments
from tools.gateway import ToolGateway, ToolNotFoundError
from tools.tool import Effect, Tool


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
    assert gateway.tools(Identity(CALLER.user_id)) == []


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


def test_the_schema_uses_the_callers_names(gateway: ToolGateway) -> None:
    (tool,) = gateway.tools(CALLER)
    schema = tool.parameters()
    assert schema["required"] == ["from", "to"]
    assert schema["additionalProperties"] is False
    assert "title" not in str(schema)


def test_a_write_without_a_preview_cannot_be_declared(gateway: ToolGateway) -> None:
    async def run(_: Identity, wanted: Arguments) -> View:
        return View(wanted.from_, Decimal(0), None, ())

    with pytest.raises(TypeError, match="preview"):
        Tool(name="erase", description="", scope="finance:write", arguments=Arguments, run=run, effect=Effect.WRITE)
