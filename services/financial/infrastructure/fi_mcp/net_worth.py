"""`fetch_net_worth`: totals, accounts and mutual fund schemes.

netWorthResponse{assetValues[], liabilityValues[]?, totalNetWorthValue}, entries {netWorthAttribute, value}, where
liabilities may stand as negative LIABILITY_TYPE_* among the assets; accountDetailsBulkResponse.accountDetailsMap{uuid:
{accountDetails, <kind>Summary}}; mfSchemeAnalytics.schemeAnalytics[]{schemeDetail, enrichedAnalytics.analytics.
schemeDetails{currentValue, investedValue, navValue, units}}. A total that is not the sum of its parts is flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from services.financial.domain.account import AccountType
from services.financial.domain.fi.snapshot import MUTUAL_FUNDS, FiAccount
from services.financial.domain.investments.holding import HoldingLine
from services.financial.domain.investments.instrument import InstrumentKind, InstrumentRef
from services.financial.infrastructure.fi_mcp.fields import (
    Flags,
    UnreadableError,
    figure,
    first_money,
    mapping,
    money,
    number,
    text,
)
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
_UNIT_PRICES: Final = ("lastTradedPrice", "nav", "navValue", "price", "lastClosingRate", "closingRate")
_UNITS: Final = ("units", "closingUnits", "totalNumberUnits", "quantity")


def read_net_worth(source: Any, flags: Flags) -> list[FiAccount]:
    """The accounts, and the totals for which no account stands."""
    accounts = [*_accounts(mapping(mapping(source).get("accountDetailsBulkResponse")), flags)]
    schemes = _schemes(mapping(mapping(source).get("mfSchemeAnalytics")), flags)
    if schemes:
        told = [one for one in accounts if one.account_type is AccountType.MUTUAL_FUND]
        _compare(flags, "mutual funds", _total(told), _held(schemes))
        accounts = [one for one in accounts if one.account_type is not AccountType.MUTUAL_FUND]
        accounts.append(_account(MUTUAL_FUNDS, AccountType.MUTUAL_FUND, "", "Mutual funds", None, tuple(schemes)))
    worth = mapping(mapping(source).get("netWorthResponse"))
    totals = dict(_totals(worth, flags))
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
        except UnreadableError as error:
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
        lines = tuple(_holdings(summary, known.instrument, flags))
        holdings = _valued(lines, known.instrument, f"{institution} {known.words}".strip(), balance, flags)
    name = " ".join(part for part in (institution, known.words, masked) if part)
    return _account(text(fi_id, 100), _deposit_type(details, known), institution, name, balance, holdings)


def _deposit_type(details: Mapping[str, Any], known: _Kind) -> AccountType:
    told = text(mapping(details.get("accountType")).get("depositAccountType"), 60).upper()
    if known.account_type is AccountType.SAVINGS and "CURRENT" in told:
        return AccountType.CURRENT
    if known.account_type is AccountType.SAVINGS and ("TERM" in told or "FIXED" in told or "RECURRING" in told):
        return AccountType.DEPOSIT
    return known.account_type


def _holdings(summary: Mapping[str, Any], kind: InstrumentKind, flags: Flags) -> Iterator[HoldingLine]:
    for count, entry in flags.entries(summary.get("holdingsInfo"), "holdingsInfo"):
        one = mapping(entry)
        isin = text(one.get("isin"), 20)
        name = text(one.get("issuerName") or one.get("schemeName") or one.get("isinDescription") or one.get("name"))
        try:
            units = next((found for key in _UNITS if (found := number(one.get(key))) is not None), None)
            price = next((found for key in _UNIT_PRICES if (found := figure(one.get(key))) is not None), None)
            value = first_money(one, "currentValue", "value")
            if units is None:
                raise UnreadableError("it has no units")
            worth = value.amount if value else None if price is None else (units * price).quantize(Decimal("0.01"))
            yield HoldingLine(
                instrument=InstrumentRef(kind=kind, name=name or isin or "unnamed", isin=isin or None),
                units=units,
                folio=text(one.get("folioNo") or one.get("folioId"), 60),
                price=price,
                value=worth,
            )
        except (UnreadableError, NiveshError) as error:
            flags.add(f"holding {count} was left out: {error}")


def _valued(
    lines: tuple[HoldingLine, ...], kind: InstrumentKind, what: str, told: Money | None, flags: Flags
) -> tuple[HoldingLine, ...]:
    """The holdings with what is known of their worth: of those without a price only the account's value tells it."""
    if told is None:
        return lines
    priced = tuple(line for line in lines if line.value is not None)
    if lines and len(priced) == len(lines):
        _compare(flags, what, told, _held(lines))
        return lines
    rest = told - _held(priced)
    if lines:
        flags.add(f"{what}: {len(lines) - len(priced)} holdings have no price: the rest of {told} was kept for them")
    if lines and rest.amount <= 0:
        return priced
    return (*priced, _whole(kind, f"{what}, without a price" if lines else what, rest))


def _schemes(analytics: Mapping[str, Any], flags: Flags) -> list[HoldingLine]:
    found = []
    for count, entry in flags.entries(analytics.get("schemeAnalytics"), "schemeAnalytics"):
        detail = mapping(mapping(entry).get("schemeDetail"))
        deep = mapping(mapping(mapping(mapping(entry).get("enrichedAnalytics")).get("analytics")).get("schemeDetails"))
        isin = text(detail.get("isinNumber") or detail.get("isin"), 20)
        names = mapping(detail.get("nameData"))
        name = text(names.get("longName") or names.get("shortName") or detail.get("schemeName") or isin)
        try:
            value, invested = first_money(deep, "currentValue"), first_money(deep, "investedValue")
            units = number(deep.get("units"))
            found.append(
                HoldingLine(
                    instrument=InstrumentRef(
                        kind=InstrumentKind.MUTUAL_FUND, name=name or "unnamed fund", isin=isin or None
                    ),
                    units=Decimal(1) if units is None else units,
                    price=figure(deep.get("navValue")),
                    value=value.amount if value else None,
                    invested=invested.amount if invested else None,
                )
            )
        except (UnreadableError, NiveshError) as error:
            flags.add(f"scheme {count} was left out: {error}")
    return found


def _totals(worth: Mapping[str, Any], flags: Flags) -> Iterator[tuple[str, Money]]:
    for name in ("assetValues", "liabilityValues"):
        for count, entry in flags.entries(worth.get(name), name):
            attribute = text(mapping(entry).get("netWorthAttribute"), 60)
            try:
                value = money(mapping(entry).get("value"))
            except UnreadableError as error:
                flags.add(f"entry {count} of {name} was left out: {error}")
                continue
            if attribute and value is not None:
                yield attribute, -abs(value) if attribute.startswith("LIABILITY_") else value


def _check_sum(worth: Mapping[str, Any], totals: Mapping[str, Money], flags: Flags) -> None:
    try:
        told = money(worth.get("totalNetWorthValue"))
        if told is not None and totals:
            _compare(flags, "net worth", told, Money.total(totals.values(), told.currency))
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
                _compare(flags, attribute, value, _total(covered[attribute]))
        else:
            yield _alone(attribute, value)


def _alone(attribute: str, value: Money) -> FiAccount:
    """A total without an account: what is owed or had is kept all the same."""
    words = attribute.split("_TYPE_", 1)[-1].replace("_", " ").capitalize()
    if attribute.startswith("LIABILITY_"):
        kind = AccountType.CREDIT_CARD if "CREDIT_CARD" in attribute else AccountType.LOAN
        return _account(f"net-worth:{attribute}", kind, "", f"{words} (Fi)", value, None)
    kinds = {name: known for known in _KINDS.values() for name in known.attributes}
    known = kinds.get(attribute)
    kind = known.account_type if known else AccountType.OTHER
    instrument = known.instrument if known else InstrumentKind.OTHER
    holdings = (_whole(instrument, words, value),) if instrument else None
    return _account(f"net-worth:{attribute}", kind, "", f"{words} (Fi)", value, holdings)


def _whole(kind: InstrumentKind, name: str, value: Money) -> HoldingLine:
    """A value without parts, as one holding."""
    return HoldingLine(
        instrument=InstrumentRef(kind=kind, name=name or "Fi"), units=Decimal(1), value=abs(value).amount
    )


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


def _held(lines: Iterable[HoldingLine]) -> Money:
    return Money(sum((line.value or Decimal(0) for line in lines), Decimal(0)))


def _total(accounts: Iterable[FiAccount]) -> Money | None:
    known = [_held(one.holdings) if one.holdings else one.balance for one in accounts]
    try:
        return Money.total(one for one in known if one is not None) if any(known) else None
    except NiveshError:
        return None


def _compare(flags: Flags, what: str, told: Money | None, parts: Money | None) -> None:
    """Flag what differs by more than one unit of the currency: prices move between the sources' readings."""
    if told is not None and parts is not None and told.currency == parts.currency and abs(told - parts).amount > 1:
        flags.add(f"{what}: the total is {told} and its parts come to {parts}; both were kept as they came")
