"""What a year's sales come to under the Income-tax Act: gains by term and rate, set off, exempted, and their tax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.investments.fund_class import TaxClass
from services.financial.domain.investments.gain_rules import GainRule, GainRules
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.lots import VALUED_ON, Disposal

_ZERO: Final = Decimal("0.00")
_PAISA: Final = Decimal("0.01")
# A slab rate is unknown here; it counts as the highest when losses are set off against the dearest gains first.
_SLAB: Final = Decimal(100)


class Term(StrEnum):
    """Short or long, as section 2(42A) and 2(29AA) draw the line."""

    SHORT = "short"
    LONG = "long"


class CostBasis(StrEnum):
    """What was taken as the cost."""

    ACTUAL = "actual"
    GRANDFATHERED = "grandfathered"
    INDEXED = "indexed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxedDisposal:
    """Units of one lot that were sold, under the rule that holds for them. `rate` of None is the slab rate."""

    disposal: Disposal
    tax_class: TaxClass
    term: Term
    rate: Decimal | None
    section: str
    basis: CostBasis
    cost: Decimal
    gain: Decimal
    exempt: bool
    lacks_fair_value: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GainBucket:
    """Gains and losses of one term, rate and section.

    `gains` and `losses` are neither negative; `set_off` is what losses of other buckets took off; `taxable` is what is
    left after the exemption, `tax` the tax on it before surcharge and cess, None at the slab rate. `unused_loss` is
    what this bucket's losses had nothing left to be set off against.
    """

    term: Term
    rate: Decimal | None
    section: str
    exempt: bool
    gains: Decimal
    losses: Decimal
    set_off: Decimal = _ZERO
    exempted: Decimal = _ZERO
    unused_loss: Decimal = _ZERO

    @property
    def net(self) -> Decimal:
        """Gains less losses of this bucket alone."""
        return self.gains - self.losses

    @property
    def taxable(self) -> Decimal:
        """What is taxed, never negative."""
        return max(self.net, _ZERO) - self.set_off - self.exempted

    @property
    def tax(self) -> Decimal | None:
        """Taxable at the rate, to the paisa."""
        return None if self.rate is None else (self.taxable * self.rate / 100).quantize(_PAISA)


def taxed_disposals(
    disposals: Iterable[Disposal],
    classes: Mapping[InstrumentId, TaxClass],
    fair_values: Mapping[InstrumentId, Decimal],
    rules: GainRules,
) -> list[TaxedDisposal]:
    """Each disposal of an instrument that has a class, under its rule, by day of sale."""
    found = [
        _taxed(one, classes[one.key.instrument_id], fair_values.get(one.key.instrument_id), rules)
        for one in disposals
        if one.key.instrument_id in classes
    ]
    return sorted(found, key=lambda one: (one.disposal.sold_on, one.disposal.acquired_on))


def buckets_of(taxed: Sequence[TaxedDisposal], year: FinancialYear, rules: GainRules) -> tuple[GainBucket, ...]:
    """The year's gains by term and rate, with losses set off and the exemption used.

    Short-term losses are set off against any gain, long-term ones against long-term gains (section 70(2) and (3)),
    the dearest rate first, a slab rate being taken as dearest. The exemption of section 112A then goes to the dearest
    of the gains under it. The law leaves both orders to the person; losses of earlier years are not known here.
    """
    together: dict[tuple[Term, Decimal | None, str, bool], list[Decimal]] = {}
    for one in taxed:
        together.setdefault((one.term, one.rate, one.section, one.exempt), []).append(one.gain)
    buckets = [
        GainBucket(
            term=term,
            rate=rate,
            section=section,
            exempt=exempt,
            gains=sum((gain for gain in gains if gain > 0), _ZERO),
            losses=-sum((gain for gain in gains if gain < 0), _ZERO),
        )
        for (term, rate, section, exempt), gains in together.items()
    ]
    buckets.sort(key=lambda one: (-_dearness(one), one.term.value, one.section))
    # Long-term losses have fewer gains to meet, so they go first.
    for term in (Term.LONG, Term.SHORT):
        buckets = _set_off(buckets, term)
    return tuple(_exempted(buckets, rules.exemption(year)[0]))


def _taxed(disposal: Disposal, tax_class: TaxClass, fair_value: Decimal | None, rules: GainRules) -> TaxedDisposal:
    rule = rules.rule(tax_class, disposal.acquired_on, disposal.sold_on)
    is_long = rule.is_long(disposal.acquired_on, disposal.sold_on)
    basis, cost = _cost(disposal, rule, fair_value, rules) if is_long else (CostBasis.ACTUAL, disposal.cost)
    is_old = is_long and rule.grandfathered and disposal.acquired_on <= VALUED_ON
    return TaxedDisposal(
        disposal=disposal,
        tax_class=tax_class,
        term=Term.LONG if is_long else Term.SHORT,
        rate=rule.long_rate if is_long else rule.short_rate,
        section=rule.long_section if is_long else rule.short_section,
        basis=basis,
        cost=cost,
        gain=disposal.proceeds - cost,
        exempt=is_long and rule.exempt,
        lacks_fair_value=is_old and fair_value is None,
    )


def _cost(
    disposal: Disposal, rule: GainRule, fair_value: Decimal | None, rules: GainRules
) -> tuple[CostBasis, Decimal]:
    """The cost of a long-term asset.

    Bought before February 2018: the actual cost, or if higher the lower of the value on 31 January 2018 and of what
    was received (section 55(2)(ac)). Units that a later split made had a value of that part.
    """
    if rule.indexed:
        return CostBasis.INDEXED, rules.indexed_cost(disposal.cost, disposal.acquired_on, disposal.sold_on)
    if rule.grandfathered and disposal.acquired_on <= VALUED_ON and fair_value is not None:
        value = (fair_value * disposal.units / disposal.split_factor).quantize(_PAISA)
        cost = max(disposal.cost, min(value, disposal.proceeds))
        return (CostBasis.ACTUAL if cost == disposal.cost else CostBasis.GRANDFATHERED), cost
    return CostBasis.ACTUAL, disposal.cost


def _dearness(bucket: GainBucket) -> Decimal:
    return _SLAB if bucket.rate is None else bucket.rate


def _set_off(buckets: Sequence[GainBucket], term: Term) -> list[GainBucket]:
    """Set the losses of one term off against what is left of the gains that they may meet."""
    lost = sum((-one.net for one in buckets if one.term is term and one.net < 0), _ZERO)
    result = []
    for one in buckets:
        room = one.taxable if term is Term.SHORT or one.term is Term.LONG else _ZERO
        used = min(lost, room)
        lost -= used
        result.append(replace(one, set_off=one.set_off + used))
    return _with_unused(result, term, lost)


def _with_unused(buckets: Sequence[GainBucket], term: Term, lost: Decimal) -> list[GainBucket]:
    result = []
    for one in buckets:
        own = min(lost, max(-one.net, _ZERO)) if one.term is term else _ZERO
        lost -= own
        result.append(replace(one, unused_loss=one.unused_loss + own))
    return result


def _exempted(buckets: Sequence[GainBucket], allowance: Decimal) -> list[GainBucket]:
    result = []
    for one in buckets:
        used = min(allowance, one.taxable) if one.exempt else _ZERO
        allowance -= used
        result.append(replace(one, exempted=used))
    return result


def sold_in(disposals: Iterable[Disposal], year: FinancialYear) -> list[Disposal]:
    """Those of the year."""
    return [one for one in disposals if one.sold_on in year]
