"""The same statements as OFX 1 (SGML, leaves without end tags) or OFX 2 (XML)."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from data.sample.model import AccountKey, LedgerEntry, Truth
from data.sample.plan import Plan

_HEADER_1 = (
    "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
    "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
)
_HEADER_2 = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n'
    '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n'
)
_NAME_CHARS = 32  # OFX cuts NAME here; the whole narration goes to MEMO


def render_ofx(truth: Truth, plan: Plan, account: AccountKey, version: int) -> bytes:
    """One account's statement; `version` is 1 or 2. Raises ValueError for another."""
    if version not in {1, 2}:
        raise ValueError(f"there is OFX 1 and 2, not {version}")
    entries = truth.rows(account)
    start = entries[0].date if entries else truth.as_of
    transactions = "".join(_transaction(entry, version, index) for index, entry in enumerate(entries, start=1))
    listed = _leaf("DTSTART", _day(start), version) + _leaf("DTEND", _day(truth.as_of), version) + transactions
    balance = _leaf("BALAMT", f"{truth.closing[account]:.2f}", version) + _leaf("DTASOF", _day(truth.as_of), version)
    statement = (
        _leaf("CURDEF", "INR", version)
        + _account(plan, account, version)
        + _branch("BANKTRANLIST", listed)
        + _branch("LEDGERBAL", balance)
    )
    body = _branch("OFX", _signon(truth.as_of, version) + _messages(statement, account, version))
    return ((_HEADER_1 if version == 1 else _HEADER_2) + body).encode("ascii" if version == 1 else "utf-8")


def _messages(statement: str, account: AccountKey, version: int) -> str:
    card = "CC" if account == "icici" else ""
    response = _branch(f"{card}STMTRS", statement)
    wrapped = _branch(f"{card}STMTTRNRS", _leaf("TRNUID", "1", version) + _status(version) + response)
    return _branch("CREDITCARDMSGSRSV1" if card else "BANKMSGSRSV1", wrapped)


def _account(plan: Plan, account: AccountKey, version: int) -> str:
    if account == "icici":
        return _branch("CCACCTFROM", _leaf("ACCTID", plan.icici_card, version))
    bank, number = ("HDFC0000007", plan.hdfc_account) if account == "hdfc" else ("SBIN0001234", plan.sbi_account)
    leaves = (("BANKID", bank), ("ACCTID", number), ("ACCTTYPE", "SAVINGS"))
    return _branch("BANKACCTFROM", "".join(_leaf(tag, text, version) for tag, text in leaves))


def _signon(day: date, version: int) -> str:
    inner = _status(version) + _leaf("DTSERVER", _day(day), version) + _leaf("LANGUAGE", "ENG", version)
    return _branch("SIGNONMSGSRSV1", _branch("SONRS", inner))


def _status(version: int) -> str:
    return _branch("STATUS", _leaf("CODE", "0", version) + _leaf("SEVERITY", "INFO", version))


def _transaction(entry: LedgerEntry, version: int, index: int) -> str:
    leaves = (
        ("TRNTYPE", "CREDIT" if entry.amount > 0 else "DEBIT"),
        ("DTPOSTED", _day(entry.date)),
        ("TRNAMT", f"{entry.amount:.2f}"),
        ("FITID", entry.reference or f"{_day(entry.date)}{index:06}"),
        ("NAME", entry.narration[:_NAME_CHARS].strip()),
        ("MEMO", entry.narration),
    )
    return _branch("STMTTRN", "".join(_leaf(tag, text, version) for tag, text in leaves))


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _leaf(tag: str, text: str, version: int) -> str:
    end = f"</{tag}>" if version == 2 else ""
    return f"<{tag}>{escape(text)}{end}\r\n"


def _branch(tag: str, inner: str) -> str:
    return f"<{tag}>\r\n{inner}</{tag}>\r\n"
