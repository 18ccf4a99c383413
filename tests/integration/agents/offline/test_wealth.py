"""Questions about investments, SIPs, gains, loans and taxes, with figures that another calculation gives."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.integration.agents.offline.wealth import SHARES, Rich, Wealth
from tests.support.oracle import rupees

Told = Callable[[Wealth], tuple[str, ...]]


def _sips(wealth: Wealth) -> tuple[str, ...]:
    return rupees(wealth.sip), "Parag Parikh Flexi Cap"


def _gained(wealth: Wealth, name: str) -> tuple[Decimal, Decimal]:
    """What was put into shares, and what came of it at the price of the newest trade."""
    trades = [one for one in wealth.trades if one.name == name]
    newest = max(trades, key=lambda one: one.day).price
    put = sum((one.units * one.price for one in trades if one.units > 0), Decimal(0))
    return put, sum((one.units * (newest - one.price) for one in trades), Decimal(0))


def _best(wealth: Wealth) -> tuple[str, ...]:
    shares = {name: _gained(wealth, name) for name in SHARES}
    best = max(shares, key=lambda name: shares[name][1] / shares[name][0])
    return best, rupees(abs(shares[best][1]))


def _infosys(wealth: Wealth) -> tuple[str, ...]:
    put, gain = _gained(wealth, "Infosys")
    return "Infosys: of", rupees(put), rupees(abs(gain))


def _gains(wealth: Wealth) -> tuple[str, ...]:
    return tuple(map(rupees, wealth.gains()))


def _loan(wealth: Wealth) -> tuple[str, ...]:
    return rupees(wealth.emi()), rupees(wealth.owed()), f"{wealth.instalments_left()} instalments left"


def _prepaid(wealth: Wealth) -> tuple[str, ...]:
    return "of interest", "months"


# Slabs, standard deduction and cess of the Finance Act 2025, by hand: 18 lakh less 75,000 is taxed 1,45,000 and 4 %,
# in the old regime 18 lakh less 50,000 and 1.5 lakh 2,92,500 and 4 %; up to 12.75 lakh of salary there is no tax.
_REGIMES = ("₹1,50,800.00", "₹3,04,200.00")
QUESTIONS: list[tuple[str, Told]] = [
    *[
        (text, lambda w: (rupees(w.value()),))
        for text in (
            "what is my portfolio worth", "mera portfolio kitne ka hai", "how much are my investments worth",
            "show my holdings", "meri investments ki value kitni hai",
        )
    ],
    *[
        (text, lambda w: (w.xirr_percent(),))
        for text in ("what is my xirr", "mera xirr kitna hai", "how is my portfolio doing", "am i in loss",
                     "mera portfolio kaisa chal raha hai")
    ],
    ("which stock gave the best return", _best),
    ("how is infosys doing", _infosys),
    ("infosys me kitna profit ya loss hua", _infosys),
    *[
        (text, _sips)
        for text in ("what sips do i have", "meri kaun kaun si sip chal rahi hai", "total sip amount",
                     "meri sip kab kategi")
    ],
    *[
        (text, _gains)
        for text in ("capital gains this fy", "is saal kitna capital gain hua", "how much ltcg tax will i pay this fy",
                     "stcg in fy 2026-27")
    ],
    *[
        (text, _loan)
        for text in ("show my loans", "mera home loan kitna baki hai", "what is my home loan emi",
                     "kitni emi baki hain", "home loan ka kitna interest is saal")
    ],
    ("what if i prepay 2 lakh on my home loan", _prepaid),
    ("18 lakh salary with 1.5 lakh 80c, old or new regime?", lambda _: _REGIMES),
    ("old or new regime for 18 lpa with 1.5 lakh in 80C", lambda _: _REGIMES),
    ("12.75 lakh salary new regime tax", lambda _: ("₹0.00 under the new regime",)),
    ("xirr if i put 1 lakh on 5 jan 2023 and got 1.21 lakh on 4 jan 2025", lambda _: ("10.0% a year",)),
    ("30l loan 9% 20y emi", lambda _: ("₹26,991.78",)),
    ("5 lakh personal loan 14% 3 saal", lambda _: ("₹17,088.82",)),
]  # fmt: skip


@pytest.mark.parametrize(("question", "told"), QUESTIONS, ids=[question[:60] for question, _ in QUESTIONS])
async def test_the_answer_holds_what_another_calculation_gives(rich: Rich, question: str, told: Told) -> None:
    for family, wealth in rich:
        reply = await family.talk([question])
        assert not [figure for figure in told(wealth) if figure not in reply.text], reply.text
        assert "left a sentence out" not in reply.text
