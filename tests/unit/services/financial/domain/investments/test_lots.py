"""FIFO lots: a worked case of each kind, and conservation over ten thousand histories against a unit-by-unit oracle."""

from __future__ import annotations

import random
from collections import deque
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from services.financial.domain.investments.lots import agrees, replay
from services.financial.domain.investments.transaction import InvestmentType
from tests.unit.services.financial.domain.investments.builders import KEY, a_transaction

BUY, SELL = InvestmentType.BUY, InvestmentType.SELL
Unit = tuple[date, Fraction]


def test_the_oldest_units_go_first() -> None:
    book = replay(
        [
            a_transaction(BUY, "2024-01-10", "100", "1000"),
            a_transaction(BUY, "2024-02-10", "50", "600"),
            a_transaction(SELL, "2024-03-10", "120", "1800"),
        ]
    )[KEY]

    told = [(d.acquired_on, d.units, d.cost, d.proceeds, d.gain) for d in book.disposals]
    assert told == [
        (date(2024, 1, 10), Decimal(100), Decimal(1000), Decimal(1500), Decimal(500)),
        (date(2024, 2, 10), Decimal(20), Decimal(240), Decimal(300), Decimal(60)),
    ]
    assert (book.units, book.cost) == (Decimal(30), Decimal(360))


def test_a_split_keeps_day_and_cost_and_a_bonus_costs_nothing() -> None:
    book = replay(
        [
            a_transaction(BUY, "2017-05-02", "10", "1000"),
            a_transaction(InvestmentType.SPLIT, "2019-06-03", ratio="5"),
            a_transaction(InvestmentType.BONUS, "2020-01-15", "50"),
            a_transaction(SELL, "2026-01-20", "60", "6000"),
        ]
    )[KEY]

    first, second = book.disposals
    assert (first.acquired_on, first.units, first.cost, first.split_factor) == (
        date(2017, 5, 2),
        Decimal(50),
        Decimal(1000),
        Decimal(5),
    )
    assert (second.acquired_on, second.units, second.cost, second.is_bonus) == (
        date(2020, 1, 15),
        Decimal(10),
        Decimal(0),
        True,
    )


def test_a_split_may_be_told_by_the_units_it_added() -> None:
    rows = [a_transaction(BUY, "2024-05-02", "10", "1000"), a_transaction(InvestmentType.SPLIT, "2024-06-03", "30")]

    assert replay(rows)[KEY].units == 40


def test_a_purchase_of_the_day_is_there_for_a_sale_of_the_day() -> None:
    rows = [a_transaction(SELL, "2024-05-02", "10", "900"), a_transaction(BUY, "2024-05-02", "10", "1000")]
    book = replay(rows)[KEY]

    assert [d.gain for d in book.disposals] == [Decimal(-100)]
    assert not book.unmatched


def test_a_sale_without_a_purchase_is_told_and_not_invented() -> None:
    book = replay([a_transaction(BUY, "2024-01-02", "4", "400"), a_transaction(SELL, "2024-05-02", "10", "1000")])[KEY]

    assert [(d.units, d.proceeds) for d in book.disposals] == [(Decimal(4), Decimal(400))]
    assert [(u.units, u.proceeds) for u in book.unmatched] == [(Decimal(6), Decimal(600))]
    assert not agrees(Decimal(4), book)
    assert agrees(Decimal(0), None)


def test_folios_are_kept_apart() -> None:
    books = replay(
        [a_transaction(BUY, "2024-01-02", "4", "400"), a_transaction(BUY, "2024-01-02", "5", "1", folio="F2")]
    )

    assert sorted(book.units for book in books.values()) == [4, 5]


def test_ten_thousand_histories_lose_and_double_nothing() -> None:
    """The oracle is a queue of whole units, each with its day and its share of what was paid, as a fraction of a paisa.

    A lot's cost goes to its units evenly, so a sale out of it may round by a paisa at most; sums hold to the paisa.
    """
    chance = random.Random(45)
    for _ in range(10_000):
        rows, queue, sold, day = [], deque[Unit](), list[tuple[Unit, Fraction, date]](), date(2020, 1, 1)
        paid = received = unmatched = 0
        for _ in range(chance.randint(2, 8)):
            day += timedelta(days=chance.randint(1, 300))
            units, paise = chance.randint(1, 30), chance.randint(1, 10**6)
            kind = chance.choice((BUY, BUY, SELL, InvestmentType.BONUS))
            amount = Decimal(0) if kind is InvestmentType.BONUS else Decimal(paise).scaleb(-2)
            rows.append(a_transaction(kind, day, Decimal(units), amount))
            if kind is SELL:
                matched = min(units, len(queue))
                sold += [(queue.popleft(), Fraction(paise, units), day) for _ in range(matched)]
                unmatched += units - matched
                received += paise
            else:
                cost = 0 if kind is InvestmentType.BONUS else paise
                queue.extend([(day, Fraction(cost, units))] * units)
                paid += cost
        chance.shuffle(rows)
        book = replay(rows)[KEY]

        units_left = iter(sold)
        for disposal in book.disposals:
            own = [next(units_left) for _ in range(int(disposal.units))]
            assert {(bought, on) for (bought, _), _, on in own} == {(disposal.acquired_on, disposal.sold_on)}
            assert abs(Fraction(disposal.cost) * 100 - sum(cost for (_, cost), _, _ in own)) <= 1
            assert abs(Fraction(disposal.proceeds) * 100 - sum(price for _, price, _ in own)) <= 1
        assert next(units_left, None) is None
        assert [lot.acquired_on for lot in book.lots for _ in range(int(lot.units))] == [bought for bought, _ in queue]
        assert abs(Fraction(book.cost) * 100 - sum(cost for _, cost in queue)) <= len(rows)
        assert sum(u.units for u in book.unmatched) == unmatched
        assert book.cost + sum(d.cost for d in book.disposals) == Decimal(paid).scaleb(-2)
        proceeds = sum(d.proceeds for d in book.disposals) + sum(u.proceeds for u in book.unmatched)
        assert proceeds == Decimal(received).scaleb(-2)


def test_splits_in_fractions_conserve_units() -> None:
    chance = random.Random(46)
    for _ in range(10_000):
        ratio = Decimal(chance.randint(1, 50)) / Decimal(chance.choice((1, 3, 7, 10)))
        ratio = ratio.quantize(Decimal("0.00000001"))
        rows = [
            a_transaction(BUY, date(2024, 1, n + 1), Decimal(chance.randint(1, 10**6)).scaleb(-3), "10")
            for n in range(3)
        ]
        held = sum((row.units for row in rows), Decimal(0))
        book = replay([*rows, a_transaction(InvestmentType.SPLIT, "2024-03-01", ratio=f"{ratio:f}")])[KEY]

        assert book.units == (held * ratio).quantize(Decimal("0.00000001"))
        assert book.cost == 30
