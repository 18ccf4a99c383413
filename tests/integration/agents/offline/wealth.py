"""People with shares, a SIP and a home loan of several seeds, and what is true of them, worked out by other means."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from random import Random
from typing import Final

from api.bootstrap import Application
from services.financial.application.investments.record_investment_transactions import (
    RecordInvestmentTransactionsRequest,
)
from services.financial.application.loans.set_loan_terms import SetLoanTermsRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.domain.account import AccountType
from services.financial.domain.investments.instrument import InstrumentKind, InstrumentRef
from services.financial.domain.investments.transaction import InvestmentLine, InvestmentType
from services.financial.domain.loans.terms import LoanPurpose, LoanTerms
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money
from services.user.application.register_user import RegisterUserRequest
from services.user.domain.roles import Role, scopes_of
from tests.integration.agents.offline.households import TODAY, Family

SHARES: Final = ("Infosys", "Tata Motors", "Asian Paints")
FUND: Final = "Parag Parikh Flexi Cap Direct"
LONG_AGO: Final = date(2023, 6, 14)
LAST_WINTER: Final = date(2026, 1, 20)
SOLD_ON: Final = date(2026, 8, 18)
PAISA: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Trade:
    """Money and units on a day; units are negative when sold."""

    name: str
    day: date
    units: Decimal
    price: Decimal


@dataclass(slots=True)
class Wealth:
    """A person's trades and loan."""

    seed: int
    trades: list[Trade] = field(default_factory=list)
    sip: Decimal = Decimal(0)
    principal: Decimal = Decimal(0)
    rate: Decimal = Decimal(0)
    months: int = 0
    first_due: date = date(2024, 1, 5)

    def __post_init__(self) -> None:
        random = Random(self.seed)
        for name in SHARES:
            bought = [random.randint(200, 2_000) for _ in range(3)]
            units = [Decimal(random.randint(10, 60)) for _ in range(2)]
            self.trades.append(Trade(name, LONG_AGO, units[0], Decimal(bought[0])))
            self.trades.append(Trade(name, LAST_WINTER, units[1], Decimal(bought[1])))
            # All of the first lot and a part of the second one go.
            sold = units[0] + Decimal(random.randint(1, int(units[1]) - 1))
            self.trades.append(Trade(name, SOLD_ON, -sold, Decimal(bought[2])))
        self.sip = Decimal(random.choice([2_000, 5_000, 7_500]))
        for index in range(12):
            day = date(2025 + (11 + index) // 12, (11 + index) % 12 + 1, 5)
            price = Decimal(random.choice(["40", "50", "62.5", "80"]))
            self.trades.append(Trade(FUND, day, self.sip / price, price))
        self.principal = Decimal(random.randint(20, 60) * 100_000)
        self.rate = Decimal(random.choice(["8.4", "8.75", "9.1"]))
        self.months = random.choice([180, 240])

    def value(self) -> Decimal:
        """What is held, at the price of its newest trade."""
        names = {one.name for one in self.trades}
        worth = Decimal(0)
        for name in names:
            own = [one for one in self.trades if one.name == name]
            worth += (sum(one.units for one in own) * max(own, key=lambda one: one.day).price).quantize(PAISA)
        return worth

    def gains(self) -> tuple[Decimal, Decimal]:
        """Short and long-term gains of the shares sold: the first lot was held for years, the second for months."""
        short, long = Decimal(0), Decimal(0)
        for name in SHARES:
            first, second, sale = (one for one in self.trades if one.name == name)
            long += first.units * (sale.price - first.price)
            short += (-sale.units - first.units) * (sale.price - second.price)
        return short, long

    def xirr_percent(self) -> str:
        """By bisection on the present value, in binary fractions: one decimal is told."""
        flows = [(one.day, float(-one.units * one.price)) for one in self.trades] + [(TODAY, float(self.value()))]
        low, high = -0.99, 10.0
        for _ in range(200):
            middle = (low + high) / 2
            worth = sum(amount / (1 + middle) ** ((day - LONG_AGO).days / 365) for day, amount in flows)
            low, high = (middle, high) if worth > 0 else (low, middle)
        return f"{low * 100:.1f}%"

    def emi(self) -> Decimal:
        """By the formula of the annuity; the program rounds an instalment up to the paisa."""
        monthly = self.rate / 1200
        growth = (1 + monthly) ** self.months
        return (self.principal * monthly * growth / (growth - 1)).quantize(PAISA, ROUND_CEILING)

    def instalments_left(self) -> int:
        paid = (TODAY.year - self.first_due.year) * 12 + TODAY.month - self.first_due.month + 1
        return self.months - paid

    def owed(self) -> Decimal:
        """Month by month up to today, interest rounded to the paisa."""
        left = self.principal
        for _ in range(self.months - self.instalments_left()):
            left -= self.emi() - (left * self.rate / 1200).quantize(PAISA, ROUND_HALF_EVEN)
        return left


Rich = list[tuple[Family, Wealth]]


async def grow_rich(beside: Family, seed: int) -> tuple[Family, Wealth]:
    """Register a person in the same program, and put the trades and the loan on record."""
    app = beside.app
    session = await app.users.register_user(
        RegisterUserRequest(
            email=f"rich-{secrets.token_hex(6)}@example.in",
            password=secrets.token_urlsafe(16),
            first_name="Meera",
            last_name="Shah",
        )
    )
    user_id, wealth = UserId(session.user.user_id), Wealth(seed)
    shares = await _open(app, user_id, AccountType.STOCKS, "Zerodha")
    funds = await _open(app, user_id, AccountType.MUTUAL_FUND, "Kuvera")
    for account, kind, sip in ((shares, InstrumentKind.STOCK, False), (funds, InstrumentKind.MUTUAL_FUND, True)):
        lines = [_line(one, kind) for one in wealth.trades if (one.name == FUND) is sip]
        await app.finance.investments.record_investment_transactions(
            RecordInvestmentTransactionsRequest(user_id=user_id, account_id=account, lines=lines)
        )
    loan = await _open(app, user_id, AccountType.LOAN, "Home loan")
    terms = LoanTerms(
        principal=wealth.principal,
        annual_rate_percent=wealth.rate,
        months=wealth.months,
        first_due_on=wealth.first_due,
        purpose=LoanPurpose.HOME,
    )
    await app.finance.loans.set_loan_terms(SetLoanTermsRequest(user_id=user_id, account_id=loan, terms=terms))
    return Family(app, Identity(user_id, scopes_of([Role.USER])), beside.oracle), wealth


async def _open(app: Application, user_id: UserId, kind: AccountType, name: str) -> AccountId:
    request = OpenAccountRequest(
        user_id=user_id, account_type=kind, name=name, institution="", opening_balance=Money(Decimal(0), "INR")
    )
    return (await app.finance.open_account(request)).account_id


def _line(trade: Trade, kind: InstrumentKind) -> InvestmentLine:
    sort = InvestmentType.SIP if kind is InstrumentKind.MUTUAL_FUND else InvestmentType.BUY
    return InvestmentLine(
        instrument=InstrumentRef(kind=kind, name=trade.name),
        type=sort if trade.units > 0 else InvestmentType.SELL,
        traded_on=trade.day,
        units=abs(trade.units),
        price=trade.price,
    )
