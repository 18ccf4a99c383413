"""Every kind of question, in the order in which they are tried."""

from __future__ import annotations

from typing import Final

from agents.models.offline.intent import Intent
from agents.models.offline.intents import (
    advice,
    balances,
    budgets,
    cash_flow,
    festivals,
    goals,
    income,
    net_worth,
    planning,
    profile,
    recurring,
    requests_to_change,
    small_talk,
    spending,
    transactions,
    transfers,
    unclear,
)
from agents.models.offline.intents.insights import anomalies, bills, steadiness, subscriptions
from agents.models.offline.intents.plans import allocation, change_goal, create_goal, outlook, retirement, what_if
from agents.models.offline.intents.records import add_transaction, recategorise, tags
from agents.models.offline.intents.wealth import connections, investments, loans, taxes

# The first that recognises a question takes it: what must not be misread comes first, what is broad comes last.
INTENTS: Final[tuple[Intent, ...]] = (
    small_talk.INTENT,
    budgets.INTENT,
    change_goal.INTENT,
    create_goal.INTENT,
    allocation.INTENT,
    what_if.INTENT,
    tags.INTENT,
    recategorise.INTENT,
    add_transaction.INTENT,
    loans.INTENT,
    taxes.INTENT,
    requests_to_change.INTENT,
    advice.INTENT,
    connections.INTENT,
    profile.INTENT,
    retirement.INTENT,
    investments.INTENT,
    outlook.INTENT,
    planning.INTENT,
    goals.INTENT,
    festivals.INTENT,
    transfers.INTENT,
    subscriptions.INTENT,
    bills.INTENT,
    anomalies.INTENT,
    steadiness.INTENT,
    recurring.INTENT,
    net_worth.INTENT,
    balances.INTENT,
    transactions.INTENT,
    cash_flow.INTENT,
    income.INTENT,
    spending.INTENT,
    unclear.INTENT,
)
