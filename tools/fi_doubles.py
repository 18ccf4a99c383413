"""Tools over accounts that a person may have twice: by Fi, and of their own making."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.fi.list_doubles import FiDoublesView
from services.financial.application.fi.resolve_double import FiResolutionView, ResolveFiDoubleRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.fi.twins import TwinDecision
from services.financial.domain.records.history import Actor
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.domain.written import written
from tools.profile import NoArguments
from tools.tool import Cost, Preview, Tool, ToolArguments
from tools.writes import finance_write


class ResolveFiDoubleArguments(ToolArguments):
    """A pair, and what the person says of it."""

    account_id: UUID = Field(description="account_id of `reported` from list_fi_doubles")
    own_account_id: UUID = Field(description="account_id of its `own`")
    decision: TwinDecision = Field(
        description="merge: they are one account. leave_out: they are one, and what Fi tells of it is not kept. "
        "separate: they are two."
    )


def fi_double_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools that list such pairs, and settle them with the person's approval."""

    async def doubles(identity: Identity, _: NoArguments) -> FiDoublesView:
        return await finance.fi.list_doubles(FiRequest(user_id=identity.user_id))

    async def resolve(identity: Identity, wanted: ResolveFiDoubleArguments) -> FiResolutionView:
        return await finance.fi.resolve_double(_request(identity, wanted))

    async def preview(identity: Identity, wanted: ResolveFiDoubleArguments) -> Preview:
        view = await finance.fi.resolve_double(_request(identity, wanted, dry_run=True))
        return Preview(
            _summary(view),
            (
                ("Fi's balance now", written(view.reported, view.currency)),
                (f"Balance of '{view.own_account}' then", written(view.balance, view.currency)),
                ("Lines that both have", str(view.same)),
                ("Lines that move", str(view.moved)),
                ("Lines taken away", str(view.taken_away)),
            ),
        )

    return [
        Tool(
            name="list_fi_doubles",
            description="Accounts that came from Fi and that the person may also have of their own making, so both "
            "count; with what was said of each pair.",
            scope="finance:read",
            arguments=NoArguments,
            run=doubles,
        ),
        finance_write(
            "resolve_fi_double",
            "Settle such a pair: merge the two, leave Fi's out, or say that they are separate.",
            ResolveFiDoubleArguments,
            resolve,
            preview,
            cost=Cost.HIGH,
        ),
    ]


def _summary(view: FiResolutionView) -> str:
    both = f"'{view.reported_account}' of Fi and '{view.own_account}'"
    match view.decision:
        case TwinDecision.MERGE:
            return f"Make one account of {both}; Fi's goes, and yours stays."
        case TwinDecision.LEAVE_OUT:
            return f"Keep nothing of what Fi tells of '{view.reported_account}', as you have '{view.own_account}'."
        case TwinDecision.SEPARATE:
            return f"Take {both} for two accounts, which both count."


def _request(identity: Identity, wanted: ResolveFiDoubleArguments, *, dry_run: bool = False) -> ResolveFiDoubleRequest:
    return ResolveFiDoubleRequest(
        user_id=identity.user_id,
        account_id=AccountId(wanted.account_id),
        own_account_id=AccountId(wanted.own_account_id),
        decision=wanted.decision,
        actor=Actor.ASSISTANT,
        dry_run=dry_run,
    )
