"""Importing bank exports from the command line."""

from __future__ import annotations

import asyncio
from pathlib import Path

from api.cli.console import err, fail, out
from api.cli.progress import progress_bar
from api.cli.session import Session, open_session
from services.financial.application.import_statement import ImportStatementRequest, ImportView
from services.financial.application.list_accounts import ListAccountsRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.domain.account import AccountType
from services.financial.domain.statement import AccountHint, ParsedStatement
from services.financial.infrastructure.statements import read_statement
from services.shared.domain.errors import NiveshError
from services.shared.domain.ids import AccountId
from services.shared.domain.money import Money


async def import_all(files: list[Path], account: str | None, opening: str | None, partial: bool) -> bool:
    """Import file after file, each as a whole or not at all; whether all of them went in."""
    succeeded = True
    async with open_session() as session:
        for path in files:
            try:
                await _import_one(session, path, account, opening, partial)
            except NiveshError as error:
                succeeded = False
                fail(f"{path.name}: {error.detail}")
                _list_rejected(error.extra.get("rejected"))
    return succeeded


async def _import_one(session: Session, path: Path, name: str | None, opening: str | None, partial: bool) -> None:
    content = await asyncio.to_thread(path.read_bytes)
    parsed = await asyncio.to_thread(read_statement, content, path.name)
    account_id = await _account(session, path, parsed, name, opening)
    with progress_bar(path.name) as on_progress:
        view = await session.application.finance.import_statement(
            ImportStatementRequest(
                user_id=session.identity.user_id,
                account_id=account_id,
                content=content,
                filename=path.name,
                partial=partial,
                account_guessed=name is None and _number_in(parsed) is None,
                on_progress=on_progress,
            )
        )
    _report(path, view)


async def _account(
    session: Session, path: Path, parsed: ParsedStatement, name: str | None, opening: str | None
) -> AccountId:
    """The account of that name, made from what the file says of itself when there is none."""
    hint = parsed.account_hint or AccountHint("", AccountType.SAVINGS)
    wanted = name or _name_for(hint, path)
    user_id = session.identity.user_id
    known = await session.application.finance.list_accounts(ListAccountsRequest(user_id=user_id, name=wanted))
    for view in known.accounts:
        if view.name.casefold() == wanted.casefold():
            return view.account_id
    balance = Money.parse(opening) if opening else parsed.opening_balance or Money.zero()
    made = await session.application.finance.open_account(
        OpenAccountRequest(
            user_id=user_id,
            account_type=hint.account_type,
            name=wanted,
            institution=hint.institution or wanted,
            opening_balance=balance,
        )
    )
    err.print(f"Opened the account '{wanted}' with {balance} {balance.currency}.", markup=False)
    return made.account_id


def _number_in(parsed: ParsedStatement) -> str | None:
    return parsed.account_hint.masked_number if parsed.account_hint else None


def _name_for(hint: AccountHint, path: Path) -> str:
    parts = [hint.institution, hint.account_type.value.replace("_", " "), hint.masked_number or ""]
    return " ".join(part for part in parts if part) if hint.institution else path.stem


def _report(path: Path, view: ImportView) -> None:
    period = f", {view.from_} to {view.to}" if view.from_ and view.to else ""
    out.print(
        f"{path.name}: {view.imported} imported, {view.duplicates} already there, {len(view.rejected)} left out"
        f" ({view.format}{period})",
        markup=False,
    )
    for warning in view.warnings:
        err.print(f"  {warning}", style="yellow", markup=False)
    _list_rejected([{"line": one.line, "reason": one.reason} for one in view.rejected])


def _list_rejected(rejected: object) -> None:
    for one in rejected if isinstance(rejected, list) else []:
        err.print(f"  line {one['line']}: {one['reason']}", markup=False)
