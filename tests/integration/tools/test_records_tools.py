"""The tools over records: what they would do is told first, and then done, in the person's own records only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.import_statement import ImportStatementRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.account import AccountType
from services.financial.infrastructure.fi_mcp.wiring import FiSettings
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.errors import ConflictError, InvalidInputError, NotFoundError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, UserId, new_uuid
from services.shared.domain.money import Money
from services.user.domain.roles import Role, scopes_of
from tests.support.fi_server import fake_fi
from tests.support.fi_worlds import full_world
from tools.categories import category_tools
from tools.category_rules import category_rule_tools
from tools.doubles import double_tools
from tools.fi import fi_tools
from tools.fi_doubles import fi_double_tools
from tools.gateway import ToolGateway
from tools.records import record_tools


class Chat:
    """A person's tools, and one account."""

    def __init__(
        self, gateway: ToolGateway, finance: FinancialUseCases, user_id: UserId, account_id: AccountId
    ) -> None:
        self.gateway = gateway
        self.finance = finance
        self.caller = Identity(user_id, scopes_of([Role.USER]))
        self.account_id = str(account_id)

    async def load(self, file: bytes) -> None:
        account = AccountId(UUID(self.account_id))
        await self.finance.import_statement(
            ImportStatementRequest(user_id=self.caller.user_id, account_id=account, content=file)
        )

    async def preview(self, name: str, /, **arguments: Any) -> str:
        preview = (await self.gateway.preview(self.caller, name, arguments)).preview
        return " | ".join([preview.summary, *(f"{label}: {value}" for label, value in preview.details)])

    async def run(self, name: str, /, **arguments: Any) -> dict[str, Any]:
        return await self.gateway.run(self.caller, name, arguments)

    async def tea(self, **more: Any) -> str:
        added = await self.run(
            "add_transaction",
            account_id=self.account_id,
            date="2026-10-05",
            amount="1234.50",
            direction="debit",
            description="Tea for everyone",
            **more,
        )
        return str(added["transaction_id"])


@pytest.fixture
async def chat(postgres_engine: AsyncEngine, unique_user: UserId) -> Chat:
    finance = build_use_cases(postgres_engine)
    account = await finance.open_account(
        OpenAccountRequest(
            user_id=unique_user,
            account_type=AccountType.CASH,
            name="Wallet",
            institution="me",
            opening_balance=Money.zero(),
        )
    )
    families = (record_tools, category_tools, category_rule_tools, double_tools, fi_tools)
    gateway = ToolGateway([tool for family in families for tool in family(finance)])
    return Chat(gateway, finance, unique_user, account.account_id)


async def test_entering_and_labelling(chat: Chat) -> None:
    told = await chat.preview(
        "add_transaction",
        account_id=chat.account_id,
        date="2026-10-05",
        amount="1234.50",
        direction="debit",
        description="Tea",
    )
    assert told.startswith("Enter ₹1,234.50 out of 'Wallet' on 2026-10-05.")
    tea = await chat.tea(tags=["office"])
    assert "Tags then: office, team | Note then: offsite" in await chat.preview(
        "tag_transaction", transaction_id=tea, add_tags=["team"], note="offsite"
    )
    tagged = await chat.run("tag_transaction", transaction_id=tea, add_tags=["team"], note="offsite")
    assert (tagged["tags"], tagged["note"]) == (["office", "team"], "offsite")
    history = await chat.run("get_transaction_history", transaction_id=tea)
    assert [(one["change"], one["actor"]) for one in history["versions"]] == [
        ("added", "assistant"),
        ("edited", "assistant"),
    ]


async def test_recategorising_splitting_and_undoing(chat: Chat) -> None:
    tea = await chat.tea()
    await chat.run("add_category", name="Team", parent="dining")
    assert "Category then: team" in await chat.preview(
        "recategorise_transaction", transaction_id=tea, own_category="team"
    )
    recategorised = await chat.run("recategorise_transaction", transaction_id=tea, own_category="team")
    assert (recategorised["category"], recategorised["own_category"]) == ("dining", "Team")
    parts = [{"amount": "1000", "own_category": "Team"}, {"amount": "234.50", "category": "gifts"}]
    assert "Team: ₹1,000.00 | gifts: ₹234.50" in await chat.preview(
        "split_transaction", transaction_id=tea, parts=parts
    )
    split = await chat.run("split_transaction", transaction_id=tea, parts=parts)
    assert [part["amount"] for part in split["parts"]] == ["-1000.00", "-234.50"]
    wrong = [parts[0], {"amount": "234.51", "category": "gifts"}]
    for call in (chat.preview, chat.run):
        with pytest.raises(InvalidInputError, match="is missing"):
            await call("split_transaction", transaction_id=tea, parts=wrong)
    assert "Parts: 0" in await chat.preview("restore_transaction", transaction_id=tea, version=1)
    assert "parts" not in await chat.run("restore_transaction", transaction_id=tea, version=1)
    assert (await chat.preview("delete_transaction", transaction_id=tea)).startswith("Delete")
    assert await chat.run("delete_transaction", transaction_id=tea) == {"transaction_id": tea}
    with pytest.raises(NotFoundError):
        await chat.preview("delete_transaction", transaction_id=tea)


async def test_rules_and_many_at_once_say_how_many_first(chat: Chat) -> None:
    for _ in range(3):
        await chat.tea()
    rule = {"pattern": "tea for", "category": "gifts"}
    assert "Transactions on record that change: 3" in await chat.preview("add_category_rule", **rule)
    assert (await chat.run("add_category_rule", **rule))["recategorised"] == 3
    wanted = {"text": "tea", "new_category": "dining"}
    told = await chat.preview("recategorise_transactions", **wanted)
    assert told == "Put 3 of 3 matching transactions under dining. | In INR: 3: ₹3,703.50 out, ₹0.00 in"
    assert (await chat.run("recategorise_transactions", **wanted))["changed"] == 3
    categories = await chat.run("list_categories")
    assert {"name": "transfer", "kind": "transfer"} in categories["built_in"]


async def test_a_rule_is_changed_in_part_and_forgotten(chat: Chat) -> None:
    tea = await chat.tea()
    await chat.run("add_category", name="Team", parent="dining")
    made = await chat.run("add_category_rule", pattern="tea for", own_category="Team", min_amount="100")
    rule = made["rule_id"]
    (listed,) = (await chat.run("list_category_rules"))["rules"]
    assert (listed["rule_id"], listed["own_category"], listed["min_amount"]) == (rule, "Team", "100.00")

    smaller = {"rule_id": rule, "max_amount": "1000"}
    assert await chat.preview("change_category_rule", **smaller) == (
        "From now on put every transaction whose payee contains 'TEA FOR' from ₹100.00 up to ₹1,000.00 under Team. | "
        "Until now: whose payee contains 'TEA FOR' from ₹100.00 under Team | Transactions on record that change: 1"
    )
    changed = await chat.run("change_category_rule", **smaller)
    assert (changed["rule_id"], changed["own_category"], changed["recategorised"]) == (rule, "Team", 1)
    raised = await chat.run("change_category_rule", rule_id=rule, max_amount="2000", category="gifts")
    assert (raised["category"], raised.get("own_category"), raised["recategorised"]) == ("gifts", None, 1)

    assert "Transactions on record that change: 1" in await chat.preview("delete_category_rule", rule_id=rule)
    assert (await chat.run("delete_category_rule", rule_id=rule))["recategorised"] == 1
    assert await chat.run("list_category_rules") == {"rules": []}
    assert (await chat.run("tag_transaction", transaction_id=tea, note="x"))["category"] != "gifts"
    for call in (chat.preview, chat.run):
        for name in ("change_category_rule", "delete_category_rule"):
            with pytest.raises(NotFoundError):
                await call(name, rule_id=rule)


async def test_what_came_twice_is_shown_and_merged(chat: Chat) -> None:
    tea = await chat.tea(tags=["office"], category="gifts")
    assert await chat.run("find_doubles") == {"count": 0, "doubles": []}
    await chat.load(b"Date,Narration,Amount\n2026-10-06,UPI-CHAI POINT-1,-1234.50\n2026-10-06,SHOP,-9.00\n")
    found = await chat.run("find_doubles")
    (pair,) = found["doubles"]
    assert (found["count"], pair["entered"]["transaction_id"], pair["days_apart"]) == (1, tea, 1)
    both = {"entered_id": tea, "booked_id": pair["booked"]["transaction_id"]}
    told = await chat.preview("merge_double", **both)
    assert told.startswith("Count 'TEA FOR EVERYONE' once: the bank's line stays, and your entry goes. | Amount: ")
    assert "Category then: gifts | Tags then: office | Note then: none" in told
    assert await chat.run("find_doubles") == found
    with pytest.raises(ConflictError):
        await chat.preview("merge_double", entered_id=both["booked_id"], booked_id=both["booked_id"])
    merged = await chat.run("merge_double", **both)
    assert (merged["transaction_id"], merged["tags"]) == (both["booked_id"], ["office"])
    history = await chat.run("get_transaction_history", transaction_id=tea)
    assert [(one["change"], one["actor"]) for one in history["versions"]][-1] == ("deleted", "assistant")
    for call in (chat.preview, chat.run):
        with pytest.raises(NotFoundError):
            await call("merge_double", **both)


async def test_another_persons_records_are_out_of_reach(chat: Chat) -> None:
    tea = await chat.tea()
    stranger = Chat(chat.gateway, chat.finance, UserId(new_uuid()), AccountId(UUID(chat.account_id)))
    for name, more in (
        ("tag_transaction", {"note": "x"}),
        ("recategorise_transaction", {"category": "fuel"}),
        ("split_transaction", {"parts": []}),
        ("delete_transaction", {}),
        ("restore_transaction", {"version": 1}),
    ):
        for call in (stranger.preview, stranger.run):
            with pytest.raises(NotFoundError):
                await call(name, transaction_id=tea, **more)
    with pytest.raises(NotFoundError):
        await stranger.tea()


async def test_fi_says_how_it_stands_without_being_asked(chat: Chat) -> None:
    assert await chat.run("get_fi_status") == {"status": "not_linked", "possible_doubles": 0, "flags": []}
    with pytest.raises(ConflictError):
        await chat.preview("sync_fi")
    with pytest.raises(NotFoundError):
        await chat.run("get_credit_report")
    assert "log in" in await chat.preview("link_fi")


async def test_accounts_of_fi_that_one_has_twice_are_settled_with_approval(
    postgres_engine: AsyncEngine, unique_user: UserId
) -> None:
    with fake_fi() as server:
        finance = build_use_cases(postgres_engine, fi=FiSettings(server.url))
        own = await finance.open_account(
            OpenAccountRequest(
                user_id=unique_user,
                account_type=AccountType.SAVINGS,
                name="Mine",
                institution="HDFC Bank",
                opening_balance=Money.zero(),
            )
        )
        link = await finance.fi.link(FiRequest(user_id=unique_user))
        server.log_in(str(link.login_url), full_world())
        await finance.fi.sync(FiRequest(user_id=unique_user))
        chat = Chat(ToolGateway(fi_double_tools(finance)), finance, unique_user, own.account_id)
        first, second = (await chat.run("list_fi_doubles"))["doubles"]
        pair = {"account_id": first["reported"]["account_id"], "own_account_id": str(own.account_id)}
        assert await chat.preview("resolve_fi_double", **pair, decision="merge") == (
            "Make one account of 'HDFC Bank savings 1111' of Fi and 'Mine'; Fi's goes, and yours stays. | "
            "Fi's balance now: ₹59,607.00 | Balance of 'Mine' then: ₹59,607.00 | "
            "Lines that both have: 0 | Lines that move: 5 | Lines taken away: 0"
        )
        done = await chat.run("resolve_fi_double", **pair, decision="merge")
        assert (done["moved"], done["balance"]) == (5, "59607.00")
        assert await chat.run("list_fi_doubles") == {"undecided": 0, "doubles": []}
        with pytest.raises(NotFoundError):
            await chat.preview("resolve_fi_double", **pair, decision="separate")
        pair["account_id"] = second["reported"]["account_id"]
        with pytest.raises(ConflictError):
            await chat.preview("resolve_fi_double", **pair, decision="separate")
