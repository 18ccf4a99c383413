"""Figures told as people tell them: results of tools, and sentences in English and in Hindi-English about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()  # noqa: SIM905 - easier to read
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_SCALES = ((10_000_000, "crore"), (100_000, "lakh"), (1000, "thousand"), (100, "hundred"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a tool said: amounts of money, percentages, counts and days."""

    amounts: tuple[Decimal, ...]
    percents: tuple[Decimal, ...]
    counts: tuple[int, ...]
    days: tuple[date, ...]

    def result(self) -> dict[str, object]:
        """The facts as the JSON of a tool's result."""
        return {
            "groups": [{"amount": f"{amount:f}"} for amount in self.amounts],
            "shares": [{"share_percent": f"{percent:f}"} for percent in self.percents],
            "numbers": [{"count": count} for count in self.counts],
            "dates": [{"on": day.isoformat()} for day in self.days],
        }


def random_facts(random: Random) -> Facts:
    """Facts of any size, two of each kind."""
    return Facts(
        tuple(Decimal(random.randrange(10_000, 10 ** random.randrange(6, 11))).scaleb(-2) for _ in range(2)),
        tuple(Decimal(random.randrange(20, 990)).scaleb(-1) for _ in range(2)),
        tuple(random.randrange(13, 400) for _ in range(2)),
        tuple(date(2024, 1, 1) + timedelta(days=random.randrange(1000)) for _ in range(2)),
    )


def other_facts(random: Random, facts: Facts) -> Facts:
    """Facts none of which follows from the given ones: sizes a fifth apart, other counts, other days and months."""
    while True:
        lies = random_facts(random)
        apart = all(
            abs(lie - truth) > truth / 5 + 1 for lie in lies.amounts for truth in facts.amounts + facts.percents
        ) and all(abs(lie - truth) > truth / 5 + 1 for lie in lies.percents for truth in facts.percents)
        numbers = {Decimal(count) for count in facts.counts} | set(facts.amounts) | set(facts.percents)
        months = {(day.year, day.month) for day in facts.days} | {(day.month, day.day) for day in facts.days}
        other = not any(
            (day.year, day.month) in months or (day.month, day.day) in months or day.year == 2026 for day in lies.days
        )
        if apart and other and not {Decimal(count) for count in lies.counts} & numbers:
            return lies


def words(number: int) -> str:
    """A whole number in English words, with lakh and crore."""
    for scale, name in _SCALES:
        if number >= scale:
            rest = f" {words(number % scale)}" if number % scale else ""
            return f"{words(number // scale)} {name}{rest}"
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def grouped(amount: Decimal) -> str:
    """Digits with Indian commas."""
    whole, _, places = f"{amount:f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    pairs: list[str] = []
    while head:
        pairs.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*pairs, tail]) + (f".{places}" if places else "")


def _rupees(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def _scaled(amount: Decimal) -> str:
    scale, name = (Decimal(10_000_000), "crore") if amount >= 10_000_000 else (Decimal(100_000), "lakh")
    return f"{(amount / scale).quantize(Decimal('0.01'), ROUND_HALF_UP)} {name}"


def _amount(random: Random, amount: Decimal) -> str:
    forms: list[Callable[[], str]] = [
        lambda: f"₹{grouped(amount)}",
        lambda: f"Rs. {grouped(_rupees(amount))}",
        lambda: f"INR {amount:f}",
        lambda: f"{words(int(_rupees(amount)))} rupees",
        lambda: f"{grouped(_rupees(amount))} rupaye",
    ]
    if amount >= 100_000:
        forms.append(lambda: f"₹{_scaled(amount)}")
    return random.choice(forms)()


def _percent(random: Random, percent: Decimal) -> str:
    whole = int(percent.quantize(Decimal(1), ROUND_HALF_UP))
    return random.choice([f"{percent}%", f"{whole}%", f"{percent} per cent", f"{words(whole)} percent"])


def _count(random: Random, count: int) -> str:
    return random.choice([str(count), words(count)])


def _day(random: Random, day: date) -> str:
    return random.choice(
        [
            f"{day.day} {day:%b %Y}",
            f"{day:%B} {day.day}, {day.year}",
            day.isoformat(),
            f"{day:%d/%m/%Y}",
            f"{day:%B %Y}",
        ]
    )


_SENTENCES: tuple[tuple[str, str], ...] = (
    ("amount", "You spent {} on food."),
    ("amount", "That leaves {} in your account!"),
    ("amount", "Aapne is mahine {} kharch kiye."),
    ("amount", "Aapke khate mein {} hain."),
    ("percent", "Your savings rate was {}."),
    ("percent", "Kul kharche ka {} khane pe gaya."),
    ("count", "There were {} transactions."),
    ("count", "Is mahine {} len-den hue."),
    ("day", "The last one was on {}."),
    ("day", "Aakhri baar {} ko hua."),
)


def tell(random: Random, facts: Facts, sentences: int) -> tuple[str, list[str]]:
    """A text about the facts, and the figures in it as they are written."""
    text: list[str] = []
    told: list[str] = []
    for _ in range(sentences):
        kind, sentence = random.choice(_SENTENCES)
        match kind:
            case "amount":
                told.append(_amount(random, random.choice(facts.amounts)))
            case "percent":
                told.append(_percent(random, random.choice(facts.percents)))
            case "count":
                told.append(_count(random, random.choice(facts.counts)))
            case _:
                told.append(_day(random, random.choice(facts.days)))
        text.append(sentence.format(told[-1]))
    return random.choice([" ", "\n"]).join(text), told
