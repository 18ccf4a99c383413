"""`fetch_net_worth`: totals, accounts and mutual fund schemes.

netWorthResponse{assetValues[], liabilityValues[]?, totalNetWorthValue}, entries {netWorthAttribute, value}, where
liabilities may stand as negative LIABILITY_TYPE_* among the assets; accountDetailsBulkResponse.accountDetailsMap{uuid:
{accountDetails, <kind>Summary}}; mfSchemeAnalytics.schemeAnalytics[]{schemeDetail, enrichedAnalytics.analytics.
schemeDetails{currentValue, investedValue, navValue, units}}. A total that is not the sum of its parts is flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from services.financial.domain.account import AccountType
from services.financial.domain.fi.snapshot import MUTUAL_FUNDS, OF_TOTAL, FiAccount
from services.financial.domain.investments.holding import HoldingLine
from services.financial.domain.investments.instrument import InstrumentKind
from services.financial.infrastructure.fi_mcp.fields import Flags, UnreadableError, first_money, mapping, money, text
from services.financial.infrastructure.fi_mcp.holdings import held, read_holdings, read_schemes, valued, whole
from services.shared.domain.errors import NiveshError
from services.shared.domain.money import Money


class _Kind(NamedTuple):
    account_type: AccountType
    words: str
    instrument: InstrumentKind | None
    attributes: tuple[str, ...]


_KINDS: Final = {
    "deposit": _Kind(AccountType.SAVINGS, "savings", None, ("ASSET_TYPE_SAVINGS_ACCOUNTS",)),
    "termDeposit": _Kind(AccountType.DEPOSIT, "deposit", None, ("ASSET_TYPE_FIXED_DEPOSIT",)),
    "recurringDeposit": _Kind(AccountType.DEPOSIT, "deposit", None, ("ASSET_TYPE_RECURRING_DEPOSIT",)),
    "equity": _Kind(AccountType.STOCKS, "stocks", InstrumentKind.STOCK, ("ASSET_TYPE_INDIAN_SECURITIES",)),
    "etf": _Kind(AccountType.STOCKS, "ETFs", InstrumentKind.ETF, ("ASSET_TYPE_ETF",)),
    "reit": _Kind(AccountType.STOCKS, "REITs", InstrumentKind.REIT, ("ASSET_TYPE_REIT",)),
    "invit": _Kind(AccountType.STOCKS, "InvITs", InstrumentKind.INVIT, ("ASSET_TYPE_INVIT",)),
    "sgb": _Kind(AccountType.GOLD, "gold bonds", InstrumentKind.SGB, ("ASSET_TYPE_SGB", "ASSET_TYPE_GOLD")),
    "nps": _Kind(AccountType.NPS, "NPS", InstrumentKind.NPS, ("ASSET_TYPE_NPS",)),
    "epf": _Kind(AccountType.EPF, "EPF", InstrumentKind.EPF, ("ASSET_TYPE_EPF",)),
    "mutualFund": _Kind(
        AccountType.MUTUAL_FUND, "mutual funds", InstrumentKind.MUTUAL_FUND, ("ASSET_TYPE_MUTUAL_FUND",)
    ),
    "creditCard": _Kind(AccountType.CREDIT_CARD, "credit card", None, ("LIABILITY_TYPE_CREDIT_CARD",)),
    "loan": _Kind(
        AccountType.LOAN,
        "loan",
        None,
        ("LIABILITY_TYPE_HOME_LOAN", "LIABILITY_TYPE_VEHICLE_LOAN", "LIABILITY_TYPE_OTHER_LOAN"),
    ),
}
_BALANCES: Final = (
    "currentBalance", "currentValue", "currentAmount", "outstandingBalance", "outstandingAmount",
    "principalOutstanding", "currentDue", "totalDueAmount", "value", "balance",
)  # fmt: skip


def read_net_worth(source: Any, flags: Flags) -> list[FiAccount]:
    """The accounts, and the totals for which no account stands."""
    accounts = [*_accounts(mapping(mapping(source).get("accountDetailsBulkResponse")), flags)]
    schemes = read_schemes(mapping(mapping(source).get("mfSchemeAnalytics")), flags)
    if schemes:
        told = [one for one in accounts if one.account_type is AccountType.MUTUAL_FUND]
        flags.compare("mutual funds", _total(told), held(schemes))
        accounts = [one for one in accounts if one.account_type is not AccountType.MUTUAL_FUND]
        accounts.append(_account(MUTUAL_FUNDS, AccountType.MUTUAL_FUND, "", "Mutual funds", None, tuple(schemes)))
    worth = mapping(mapping(source).get("netWorthResponse"))
    totals = _totals(worth, flags)
    _check_sum(worth, totals, flags)
    return [*accounts, *_uncovered(totals, accounts, flags)]


def _accounts(bulk: Mapping[str, Any], flags: Flags) -> Iterator[FiAccount]:
    for fi_id, entry in sorted(mapping(bulk.get("accountDetailsMap")).items()):
        details = mapping(mapping(entry).get("accountDetails"))
        kind = next((kind for kind in _KINDS if f"{kind}Summary" in mapping(entry)), None)
        if kind is None:
            flags.add(f"an account of an unknown kind was left out: {', '.join(sorted(mapping(entry)))[:100]}")
            continue
        try:
            yield _read_account(fi_id, kind, details, mapping(entry[f"{kind}Summary"]), flags)
        except (UnreadableError, NiveshError) as error:
            flags.add(f"an account of the kind {kind} was left out: {error}")


def _read_account(
    fi_id: str, kind: str, details: Mapping[str, Any], summary: Mapping[str, Any], flags: Flags
) -> FiAccount:
    known = _KINDS[kind]
    meta = mapping(details.get("fipMeta"))
    institution = text(meta.get("displayName") or meta.get("name") or meta.get("bank") or details.get("fipName"), 60)
    masked = text(details.get("maskedAccountNumber"), 30)[-4:]
    balance = first_money(summary, *_BALANCES)
    if balance is not None and known.account_type.is_liability:
        balance = -abs(balance)
    holdings = None
    if known.instrument:
        lines = tuple(read_holdings(summary, known.instrument, flags))
        holdings = valued(lines, known.instrument, f"{institution} {known.words}".strip(), balance, flags)
    name = " ".join(part for part in (institution, known.words, masked) if part)
    return _account(text(fi_id, 100), _deposit_type(details, known), institution, name, balance, holdings)


def _deposit_type(details: Mapping[str, Any], known: _Kind) -> AccountType:
    told = text(mapping(details.get("accountType")).get("depositAccountType"), 60).upper()
    if known.account_type is AccountType.SAVINGS and "CURRENT" in told:
        return AccountType.CURRENT
    if known.account_type is AccountType.SAVINGS and ("TERM" in told or "FIXED" in told or "RECURRING" in told):
        return AccountType.DEPOSIT
    return known.account_type


def _totals(worth: Mapping[str, Any], flags: Flags) -> dict[str, Money]:
    """By attribute. Entries of one list add up; of two lists, that of what is owed has the last word."""
    totals: dict[str, Money] = {}
    for name in ("assetValues", "liabilityValues"):
        listed: dict[str, Money] = {}
        for count, entry in flags.entries(worth.get(name), name):
            attribute = text(mapping(entry).get("netWorthAttribute"), 60)
            try:
                value = money(mapping(entry).get("value"))
                if attribute and value is not None:
                    value = -abs(value) if attribute.startswith("LIABILITY_") else value
                    listed[attribute] = listed[attribute] + value if attribute in listed else value
            except (UnreadableError, NiveshError) as error:
                flags.add(f"entry {count} of {name} was left out: {error}")
        totals |= listed
    return totals


def _check_sum(worth: Mapping[str, Any], totals: Mapping[str, Money], flags: Flags) -> None:
    try:
        told = money(worth.get("totalNetWorthValue"))
        if told is not None and totals:
            flags.compare("net worth", told, Money.total(totals.values(), told.currency))
    except (UnreadableError, NiveshError) as error:
        flags.add(f"the total net worth cannot be compared: {error}")


def _uncovered(totals: Mapping[str, Money], accounts: list[FiAccount], flags: Flags) -> Iterator[FiAccount]:
    covered: dict[str, list[FiAccount]] = {}
    for account in accounts:
        for kind in _KINDS.values():
            if kind.account_type is account.account_type or (
                account.account_type is AccountType.CURRENT and kind.account_type is AccountType.SAVINGS
            ):
                for attribute in kind.attributes:
                    covered.setdefault(attribute, []).append(account)
    for attribute, value in totals.items():
        if attribute in covered:
            if not attribute.startswith("LIABILITY_"):
                flags.compare(attribute, value, _total(covered[attribute]))
        else:
            yield _alone(attribute, value)


def _alone(attribute: str, value: Money) -> FiAccount:
    """A total without an account: what is owed or had is kept all the same."""
    words = attribute.split("_TYPE_", 1)[-1].replace("_", " ").capitalize()
    if attribute.startswith("LIABILITY_"):
        kind = AccountType.CREDIT_CARD if "CREDIT_CARD" in attribute else AccountType.LOAN
        return _account(f"{OF_TOTAL}{attribute}", kind, "", f"{words} (Fi)", value, None)
    kinds = {name: known for known in _KINDS.values() for name in known.attributes}
    known = kinds.get(attribute)
    kind = known.account_type if known else AccountType.OTHER
    instrument = known.instrument if known else InstrumentKind.OTHER
    holdings = (whole(instrument, words, value),) if instrument else None
    return _account(f"{OF_TOTAL}{attribute}", kind, "", f"{words} (Fi)", value, holdings)


def _account(
    fi_id: str,
    kind: AccountType,
    institution: str,
    name: str,
    balance: Money | None,
    holdings: tuple[HoldingLine, ...] | None,
) -> FiAccount:
    return FiAccount(
        fi_id=fi_id, account_type=kind, institution=institution, name=name, balance=balance, holdings=holdings
    )


def _total(accounts: Iterable[FiAccount]) -> Money | None:
    known = [
        held(one.holdings, one.balance.currency if one.balance else "INR") if one.holdings else one.balance
        for one in accounts
    ]
    try:
        return Money.total(one for one in known if one is not None) if any(known) else None
    except NiveshError:
        return None
