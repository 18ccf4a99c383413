"""Every kind of question, in the order in which they are tried."""

from __future__ import annotations

from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents import (
    advice,
    balances,
    budgets,
    cards,
    cash_flow,
    festivals,
    giving_up,
    goals,
    income,
    net_worth,
    other_people,
    planning,
    profile,
    recurring,
    requests_to_change,
    small_talk,
    spending,
    terms,
    transactions,
    transfers,
    unclear,
    unrecorded,
)
from agents.models.offline.intents.insights import (
    anomalies,
    balance_outlook,
    bills,
    changes,
    purposes,
    steadiness,
    subscriptions,
    worth_history,
)
from agents.models.offline.intents.memory import correct, recall, remember
from agents.models.offline.intents.plans import (
    allocation,
    assumptions,
    change_goal,
    create_goal,
    link_accounts,
    outlook,
    retirement,
    what_if,
)
from agents.models.offline.intents.records import (
    add_transaction,
    categories,
    doubles,
    opening_balance,
    recategorise,
    rules,
    split,
    tags,
    undo,
)
from agents.models.offline.intents.sharing import consent, fi, fi_doubles
from agents.models.offline.intents.wealth import (
    by_name,
    connections,
    fund_search,
    investments,
    loan_terms,
    loans,
    own_loans,
    projections,
    rate_of_return,
    record_trade,
    target,
    taxes,
)

# The first that recognises a question takes it: what must not be misread comes first, what is broad comes last.
INTENTS: Final[tuple[Intent, ...]] = (
    small_talk.INTENT,
    terms.INTENT,
    rules.INTENT,
    correct.INTENT,
    recall.INTENT,
    remember.INTENT,
    fi_doubles.INTENT,
    fi.INTENT,
    consent.INTENT,
    assumptions.INTENT,
    budgets.INTENT,
    cards.INTENT,
    opening_balance.INTENT,
    giving_up.INTENT,
    link_accounts.INTENT,
    change_goal.INTENT,
    create_goal.INTENT,
    allocation.INTENT,
    rate_of_return.INTENT,
    what_if.INTENT,
    target.INTENT,
    record_trade.INTENT,
    tags.INTENT,
    doubles.INTENT,
    split.INTENT,
    undo.INTENT,
    categories.INTENT,
    recategorise.INTENT,
    add_transaction.INTENT,
    projections.INTENT,
    loan_terms.INTENT,
    own_loans.INTENT,
    loans.INTENT,
    taxes.INTENT,
    requests_to_change.INTENT,
    fund_search.INTENT,
    advice.INTENT,
    unrecorded.INTENT,
    other_people.INTENT,
    connections.INTENT,
    profile.INTENT,
    retirement.INTENT,
    investments.INTENT,
    by_name.INTENT,
    outlook.INTENT,
    planning.INTENT,
    goals.INTENT,
    festivals.INTENT,
    transfers.INTENT,
    subscriptions.INTENT,
    bills.INTENT,
    anomalies.INTENT,
    steadiness.INTENT,
    balance_outlook.INTENT,
    recurring.INTENT,
    worth_history.INTENT,
    net_worth.INTENT,
    balances.INTENT,
    changes.INTENT,
    transactions.INTENT,
    purposes.INTENT,
    cash_flow.INTENT,
    income.INTENT,
    spending.INTENT,
    unclear.INTENT,
)
_BY_NAME: Final = {intent.name: intent for intent in INTENTS}


def intent_of(frame: Frame) -> Intent:
    """The intent a frame belongs to."""
    return _BY_NAME[frame.intent]
