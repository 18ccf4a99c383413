"""`fetch_epf_details`: uanAccounts[]{phoneNumber, rawDetails{est_details[], overall_pf_balance}}.

Days are DD-MM-YYYY, amounts are text. An account of EPF here is one UAN; its holdings are the establishments' balances.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from services.financial.domain.account import AccountType
from services.financial.domain.fi.snapshot import FiAccount
from services.financial.domain.investments.holding import HoldingLine
from services.financial.domain.investments.instrument import InstrumentKind, InstrumentRef
from services.financial.infrastructure.fi_mcp.fields import Flags, UnreadableError, mapping, number, text
from services.shared.domain.errors import NiveshError
from services.shared.domain.money import Money


def read_epf(source: Any, flags: Flags) -> list[FiAccount]:
    """The accounts; one that cannot be read is left out and flagged."""
    accounts = []
    for count, entry in flags.entries(mapping(source).get("uanAccounts"), "uanAccounts"):
        raw = mapping(mapping(entry).get("rawDetails"))
        lines = tuple(_lines(raw, count, flags))
        overall = mapping(raw.get("overall_pf_balance"))
        try:
            told = number(overall.get("current_pf_balance"))
        except UnreadableError as error:
            told = None
            flags.add(f"the balance of EPF account {count} was left out: {error}")
        parts = sum((line.value or Decimal(0) for line in lines), Decimal(0))
        if told is not None and lines and told != parts:
            flags.add(f"EPF account {count}: the total is {told} and its parts come to {parts}; the parts were kept")
        if not lines and told is not None and told >= 0:
            lines = (_line(f"EPF {count}", told, ""),)
        if not lines:
            continue
        accounts.append(
            FiAccount(
                fi_id=_fi_id(entry, raw, count),
                account_type=AccountType.EPF,
                institution="EPFO",
                name="EPF" if count == 1 else f"EPF {count}",
                balance=Money(parts if lines and told is None else told if told is not None else parts),
                holdings=lines,
            )
        )
    return accounts


def _lines(raw: Mapping[str, Any], account: int, flags: Flags) -> Iterator[HoldingLine]:
    for count, entry in flags.entries(raw.get("est_details"), f"est_details of EPF account {account}"):
        one = mapping(entry)
        try:
            balance = number(mapping(one.get("pf_balance")).get("net_balance"))
            if balance is None:
                raise UnreadableError("it has no balance")
            yield _line(text(one.get("est_name")) or f"Establishment {count}", balance, text(one.get("member_id"), 60))
        except (UnreadableError, NiveshError) as error:
            flags.add(f"establishment {count} of EPF account {account} was left out: {error}")


def _line(name: str, value: Decimal, member: str) -> HoldingLine:
    return HoldingLine(
        instrument=InstrumentRef(kind=InstrumentKind.EPF, name=name), units=Decimal(1), folio=member, value=value
    )


def _fi_id(entry: Any, raw: Mapping[str, Any], count: int) -> str:
    """Fi gives no id: what stays the same from fetch to fetch, digested, for it holds a telephone number."""
    details = raw.get("est_details")
    entries = [mapping(one) for one in details if mapping(one)] if isinstance(details, list) else []
    members = sorted(text(one.get("member_id")) for one in entries)
    stable = text(mapping(entry).get("uan")) or text(mapping(entry).get("phoneNumber")) or (members or [str(count)])[0]
    return f"epf:{hashlib.sha256(stable.encode()).hexdigest()[:24]}"
