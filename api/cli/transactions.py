"""`nivesh transactions`: look at transactions and change them by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from api.cli.amounts import parse_amount
from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.financial.application.records.split_transaction import WantedPart
    from services.financial.application.views import TransactionView

app = typer.Typer(
    help="Transactions: list, add, edit, split, tag, recategorise, export; what came twice.", no_args_is_help=True
)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
Id = Annotated[UUID, typer.Argument(help="Id, as `nivesh transactions list` shows it.")]
CategoryOption = Annotated[str | None, typer.Option(help="A category, built-in or your own.")]


@app.command("list")
def list_transactions(
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    to: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day, included.")] = None,
    category: CategoryOption = None,
    account: Annotated[str | None, typer.Option(help="Name of the account.")] = None,
    text: Annotated[str | None, typer.Option(help="Found in payee, narration or note.")] = None,
    tag: Annotated[str | None, typer.Option(help="Those with this tag.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    as_json: AsJson = False,
) -> None:
    """Your transactions, newest first."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import account_of, category_of
        from services.financial.application.list_transactions import ListTransactionsRequest

        built_in, own = await category_of(session, category)
        request = ListTransactionsRequest(
            user_id=session.identity.user_id,
            start=_day(from_),
            end=_day(to),
            category=built_in if own is None else None,
            own_category_id=own,
            account_id=await account_of(session, account) if account else None,
            q=text,
            tag=tag,
            limit=limit,
        )
        view = await session.application.finance.list_transactions(request)
        if as_json:
            print_json(view)
            return
        report = Report("Id", "Date", ">Amount", "Payee", "Category", "Tags", "Account")
        for one in view.transactions:
            words = f"{len(one.parts)} parts" if one.parts else one.own_category or one.category
            tags = " ".join(f"#{name}" for name in one.tags or ())
            report.add(one.transaction_id, one.date, one.amount, one.payee, words, tags, one.account)
        report.print(empty="No such transactions.")
        if view.next_cursor:
            say("There are more: narrow it down, or raise --limit.")

    run(work)


@app.command(context_settings={"ignore_unknown_options": True})
def add(
    amount: Annotated[str, typer.Argument(help="Negative is money out: -40 or 250.00.")],
    description: Annotated[str, typer.Argument()],
    account: Annotated[str, typer.Option(help="Name of the account.")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today unless given.")] = None,
    category: CategoryOption = None,
    note: Annotated[str, typer.Option()] = "",
    tag: Annotated[list[str] | None, typer.Option(help="May be given several times.")] = None,
    as_json: AsJson = False,
) -> None:
    """Enter a transaction that no statement has, such as cash."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import account_of, category_of
        from services.financial.application.records.add_transaction import AddTransactionRequest
        from services.shared.domain.clock import SystemClock, today
        from services.shared.domain.money import Money

        built_in, own = await category_of(session, category)
        request = AddTransactionRequest(
            user_id=session.identity.user_id,
            account_id=await account_of(session, account),
            booked_on=_day(on) or today(SystemClock()),
            amount=Money(parse_amount(amount)),
            description=description,
            category=built_in if own is None else None,
            own_category_id=own,
            note=note,
            tags=tuple(tag or ()),
        )
        print_transaction(await session.application.finance.records.add_transaction(request), as_json)

    run(work)


@app.command(context_settings={"ignore_unknown_options": True})
def edit(
    transaction: Id,
    category: CategoryOption = None,
    payee: Annotated[str | None, typer.Option()] = None,
    note: Annotated[str | None, typer.Option(help="Empty takes it away.")] = None,
    amount: Annotated[str | None, typer.Option(help="Only of an entry by hand.")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only of an entry by hand.")] = None,
    description: Annotated[str | None, typer.Option(help="Only of an entry by hand.")] = None,
    as_json: AsJson = False,
) -> None:
    """Change a transaction; how it was stays in its history."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import category_of

        built_in, own = await category_of(session, category)
        changes: dict[str, Any] = {
            "category": built_in if own is None else None,
            "own_category_id": own,
            "payee": payee,
            "note": note,
            "amount": None if amount is None else parse_amount(amount),
            "booked_on": _day(on),
            "description": description,
        }
        await _edit(session, transaction, as_json, **changes)

    run(work)


@app.command()
def tag(
    transaction: Id,
    tags: Annotated[list[str], typer.Argument()],
    remove: Annotated[bool, typer.Option("--remove", help="Take these tags away.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add tags to a transaction."""

    async def work(session: Session) -> None:
        await _edit(session, transaction, as_json, **{"remove_tags" if remove else "add_tags": tuple(tags)})

    run(work)


@app.command()
def split(
    transaction: Id,
    parts: Annotated[list[str] | None, typer.Argument(help="CATEGORY=AMOUNT: groceries=400 Pets=249.00.")] = None,
    as_json: AsJson = False,
) -> None:
    """Split a transaction over categories, in parts that add up exactly; without parts put it together again."""

    async def work(session: Session) -> None:
        from services.financial.application.records.split_transaction import SplitTransactionRequest
        from services.shared.domain.ids import TransactionId

        request = SplitTransactionRequest(
            user_id=session.identity.user_id,
            transaction_id=TransactionId(transaction),
            parts=await _parts(session, transaction, parts or []),
        )
        print_transaction(await session.application.finance.records.split_transaction(request), as_json)

    run(work)


async def _parts(session: Session, transaction: UUID, parts: list[str]) -> list[WantedPart]:
    from api.cli.record_lookups import category_of
    from services.financial.application.records.get_transaction import GetTransactionRequest
    from services.financial.application.records.split_transaction import WantedPart
    from services.shared.domain.ids import TransactionId

    request = GetTransactionRequest(user_id=session.identity.user_id, transaction_id=TransactionId(transaction))
    whole = await session.application.finance.records.get_transaction(request)
    sign = -1 if whole.amount < 0 else 1
    result = []
    for part in parts:
        name, _, size = part.rpartition("=")
        built_in, own = await category_of(session, name)
        amount = sign * abs(parse_amount(size))
        result.append(WantedPart(amount=amount, category=built_in if own is None else None, own_category_id=own))
    return result


@app.command()
def recategorise(
    category: Annotated[str, typer.Argument(help="The new category, built-in or your own.")],
    text: Annotated[str | None, typer.Option(help="Found in payee, narration or note.")] = None,
    payee: Annotated[str | None, typer.Option(help="Part of the payee's name.")] = None,
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    to: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    account: Annotated[str | None, typer.Option(help="Name of the account.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many would change.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put all transactions that match under one category."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import account_of, category_of
        from services.financial.application.records.recategorise_transactions import RecategoriseTransactionsRequest
        from services.financial.application.transaction_views import require_searchable
        from services.financial.domain.filters import TransactionFilter

        built_in, own = await category_of(session, category)
        wanted = TransactionFilter(
            user_id=session.identity.user_id,
            start=_day(from_),
            end=_day(to),
            payee=require_searchable("payee", payee),
            text=require_searchable("text", text),
            account_id=await account_of(session, account) if account else None,
        )
        request = RecategoriseTransactionsRequest(
            wanted=wanted, category=built_in if own is None else None, own_category_id=own, dry_run=dry_run
        )
        view = await session.application.finance.records.recategorise_transactions(request)
        if as_json:
            print_json(view)
            return
        report = Report(">Matching", ">Would change" if dry_run else ">Changed", "Category")
        report.add(view.matching, view.changed, view.own_category or view.category)
        report.print(empty="")

    run(work)


async def _edit(session: Session, transaction: UUID, as_json: bool, **changes: Any) -> None:
    from services.financial.application.records.edit_transaction import EditTransactionRequest
    from services.shared.domain.ids import TransactionId

    request = EditTransactionRequest(
        user_id=session.identity.user_id, transaction_id=TransactionId(transaction), **changes
    )
    print_transaction(await session.application.finance.records.edit_transaction(request), as_json)


def print_transaction(one: TransactionView, as_json: bool) -> None:
    """A transaction with everything that a person added to it."""
    if as_json:
        print_json(one)
        return
    report = Report("Id", "Date", ">Amount", "Payee", "Category", "Parts", "Tags", "Note", "Account")
    parts = "; ".join(f"{abs(part.amount)} {part.own_category or part.category}" for part in one.parts or ())
    tags = " ".join(f"#{name}" for name in one.tags or ())
    words = one.own_category or one.category
    report.add(one.transaction_id, one.date, one.amount, one.payee, words, parts, tags, one.note, one.account)
    report.print(empty="")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
