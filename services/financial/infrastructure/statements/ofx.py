"""OFX 1 (SGML) and OFX 2 (XML), of bank accounts and credit cards, parsed by ofxtools into elements.

The elements are read here, not through ofxtools' models, which refuse whole files for small departures from the
specification that banks make every day. Amounts are signed as OFX says: money out and purchases are negative.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from services.financial.domain.account import AccountType
from services.financial.domain.statement import AccountHint, ParsedStatement, RejectedLine, StatementLine
from services.financial.infrastructure.statements.account_hints import masked
from services.financial.infrastructure.statements.balances import chronological
from services.financial.infrastructure.statements.banks import bank_of_ifsc
from services.financial.infrastructure.statements.values import ValueReadError, clean, read_amount, read_date, shown
from services.shared.domain.errors import InvalidInputError, TooLargeError
from services.shared.domain.money import Money

_MOST_CHARS: Final = 100_000_000
_MARKER = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:OFXHEADER\s*:|<\?OFX\b|<OFX>)", re.IGNORECASE)
_TRANSACTION = re.compile("<STMTTRN>")
_ACCOUNT_TYPES: Final = {"CHECKING": AccountType.CURRENT, "CREDITLINE": AccountType.LOAN, "CD": AccountType.DEPOSIT}


def is_ofx(text: str) -> bool:
    """Whether the text begins as OFX does."""
    return _MARKER.match(text[:2000].lstrip("\ufeff")) is not None


def read_ofx(text: str) -> ParsedStatement:
    """All statements of one account in the file.

    Raises InvalidInputError when the markup is damaged, when no statement or no transaction is there, or when the
    statements are of more than one account.
    """
    statements = [element for element in _parse(text).iter() if element.tag in {"STMTRS", "CCSTMTRS"}]
    if not statements:
        raise InvalidInputError("The OFX file holds no bank or card statement. Export the account's transactions.")
    account = _the_only_account(statements)
    lines, rejected = _read_statements(statements, _lines_of_transactions(text))
    if not lines and not rejected:
        raise InvalidInputError("The OFX file holds no transactions. Choose a period with entries and export again.")
    ordered = chronological(lines)
    if len(statements) == 1:
        ordered = _with_last_balance(ordered, statements[0])
    return ParsedStatement("ofx", tuple(ordered), tuple(rejected), account)


def _parse(text: str) -> Element:
    if len(text) > _MOST_CHARS:
        raise TooLargeError(f"The OFX file has more than {_MOST_CHARS:,} characters. Export shorter periods.")
    start = text.find("<OFX>")
    if start < 0:
        raise InvalidInputError("The OFX file has a header and nothing below it. Download it again.")
    # Imported here: it takes a third of a second, and most statements are CSV.
    from ofxtools.Parser import TreeBuilder

    builder = TreeBuilder()
    try:
        builder.feed(_without_cdata(text[start:]))
        root: Element = builder.close()
    except (SyntaxError, AssertionError, IndexError, TypeError, ValueError) as error:
        raise InvalidInputError(
            "The OFX file is damaged: its tags do not match. Download it again, or export CSV."
        ) from error
    return root


def _without_cdata(text: str) -> str:
    """CDATA sections as escaped text; ofxtools' own expression for them is quadratic in the length of a line."""
    pieces: list[str] = []
    at = 0
    while (begins := text.find("<![CDATA[", at)) >= 0:
        ends = text.find("]]>", begins)
        if ends < 0:
            raise InvalidInputError("The OFX file is damaged: a CDATA section is never closed. Download it again.")
        pieces += text[at:begins], html.escape(text[begins + 9 : ends], quote=False)
        at = ends + 3
    return "".join([*pieces, text[at:]])


def _lines_of_transactions(text: str) -> Iterator[int]:
    """The 1-based line of every <STMTTRN>, in order."""
    line, at = 1, 0
    for match in _TRANSACTION.finditer(text):
        line += text.count("\n", at, match.start()) or text.count("\r", at, match.start())
        at = match.start()
        yield line


def _the_only_account(statements: Sequence[Element]) -> AccountHint:
    accounts = {(_text(statement, "BANKID"), _text(statement, "ACCTID")): statement for statement in statements}
    if len(accounts) > 1:
        shortened = ", ".join(sorted(masked(number) or "unnumbered" for _, number in accounts))
        raise InvalidInputError(
            f"The OFX file holds statements of {len(accounts)} accounts ({shortened}). "
            "Export each account to a file of its own and import each into its account."
        )
    (_, number), statement = next(iter(accounts.items()))
    return AccountHint(bank_of_ifsc(_text(statement, "BANKID")), _account_type(statement), masked(number))


def _account_type(statement: Element) -> AccountType:
    if statement.tag == "CCSTMTRS":
        return AccountType.CREDIT_CARD
    return _ACCOUNT_TYPES.get(_text(statement, "ACCTTYPE").upper(), AccountType.SAVINGS)


def _read_statements(
    statements: Sequence[Element], line_numbers: Iterator[int]
) -> tuple[list[StatementLine], list[RejectedLine]]:
    lines: list[StatementLine] = []
    rejected: list[RejectedLine] = []
    for statement in statements:
        before = {_identity(line) for line in lines}
        currency = _currency(statement)
        for transaction in statement.iter("STMTTRN"):
            number = next(line_numbers, 1)
            try:
                line = _line(transaction, currency, number)
            except ValueReadError as error:
                rejected.append(RejectedLine(number, str(error)))
                continue
            if line.amount.amount and not (line.reference and _identity(line) in before):
                lines.append(line)
    return lines, rejected


def _identity(line: StatementLine) -> tuple[object, ...]:
    """What is the same when two statements of one file overlap: the bank's own id and everything else."""
    return line.reference, line.booked_on, line.amount, line.narration


def _with_last_balance(lines: list[StatementLine], statement: Element) -> list[StatementLine]:
    """The lines with the ledger's balance after the last, where it is certainly of that moment.

    Banks also tell the balance of the day of the download, which may be long after the period's last line.
    """
    ledger = next(statement.iter("LEDGERBAL"), None)
    ends = _text(statement, "DTEND")
    if ledger is None or not lines or not ends:
        return lines
    try:
        balance = read_amount(_text(ledger, "BALAMT")).value
        day, end = _posted_on(_text(ledger, "DTASOF")), _posted_on(ends)
    except ValueReadError:
        return lines
    days = [line.booked_on for line in lines]
    if not days[-1] <= day <= end or days != sorted(days):
        return lines
    return [*lines[:-1], replace(lines[-1], balance_after=Money(balance, lines[-1].amount.currency))]


def _currency(statement: Element) -> str:
    code = _text(statement, "CURDEF").upper()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else "INR"


def _line(transaction: Element, currency: str, number: int) -> StatementLine:
    amount = _text(transaction, "TRNAMT")
    if not amount:
        raise ValueReadError("the transaction has no amount (TRNAMT)")
    return StatementLine(
        number,
        _posted_on(_text(transaction, "DTPOSTED")),
        Money(read_amount(amount).value, currency),
        _narration(transaction),
        _text(transaction, "FITID") or _text(transaction, "REFNUM") or _text(transaction, "CHECKNUM"),
    )


def _posted_on(text: str) -> date:
    """The day as the bank wrote it; a time and a zone after it do not move it."""
    if not text:
        raise ValueReadError("the transaction has no date (DTPOSTED)")
    if len(text) < 8 or not text[:8].isascii() or not text[:8].isdigit():
        raise ValueReadError(f"'{shown(text)}' is not an OFX date such as 20251231")
    return read_date(text[:8])


def _narration(transaction: Element) -> str:
    """NAME and MEMO; the memo alone where it repeats the name, which OFX cuts at 32 characters."""
    name, memo = _text(transaction, "NAME"), _text(transaction, "MEMO")
    return memo if memo.startswith(name) else f"{name} {memo}".strip()


def _text(element: Element, tag: str) -> str:
    """The first such element's text anywhere below, unescaped and clean; "" when there is none."""
    found = next(element.iter(tag), None)
    return clean(html.unescape(found.text or "")) if found is not None else ""
