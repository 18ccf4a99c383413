"""AMFI's file in each of its forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.financial.domain.investments.amfi import newest_of_each, read_nav_file
from services.shared.domain.errors import InvalidInputError, UnsupportedFormatError

OLD = """Scheme Code;ISIN Div Payout/ ISIN Growth;ISIN Div Reinvestment;Scheme Name;Net Asset Value;Date

Open Ended Schemes(Equity Scheme - Flexi Cap Fund)

PPFAS Mutual Fund

122639;INF879O01027;-;Parag Parikh Flexi Cap Fund - Direct Plan - Growth;83.1234;14-Aug-2026
122640;INF879O01019;INF879O01099;Parag Parikh Flexi Cap Fund - Regular Plan;N.A.;14-Aug-2026

Close Ended Schemes( Income )

Some Mutual Fund

900001;-;-;An old plan;1,010.5;01-Jan-2024
"""
NEW_HEADER = (
    "\ufeffScheme Code;ISIN Div Payout/ ISIN Growth;ISIN Div Reinvestment;Scheme Name;"
    "Plan;Option;Net Asset Value;Date\r\n"
)
NEW = f"""{NEW_HEADER}\r
Open Ended Schemes(Equity Scheme - Flexi Cap Fund)\r
\r
PPFAS Mutual Fund\r
122639;INF879O01027;-;Parag Parikh Flexi Cap Fund;Direct;Growth;85.5;20-Aug-2026\r
"""
HISTORY_HEADER = (
    "Scheme Code;Scheme Name;ISIN Div Payout/ISIN Growth;ISIN Div Reinvestment;"
    "Net Asset Value;Repurchase Price;Sale Price;Date\n"
)
HISTORY = f"""{HISTORY_HEADER}Open Ended Schemes ( Equity Scheme - Flexi Cap Fund )
122639;Parag Parikh Flexi Cap Fund;INF879O01027;;23.4;;;30-Jan-2018
122639;Parag Parikh Flexi Cap Fund;INF879O01027;;23.5;;;31-Jan-2018
"""


def test_six_columns() -> None:
    found = read_nav_file(OLD.encode())
    first, last = found.navs

    assert (first.amfi_code, first.isin, first.isin_reinvestment) == ("122639", "INF879O01027", None)
    assert (first.nav, first.nav_on, first.plan) == (Decimal("83.1234"), date(2026, 8, 14), "")
    assert (first.category, first.fund_house) == ("Equity Scheme - Flexi Cap Fund", "PPFAS Mutual Fund")
    assert (last.category, last.fund_house, last.nav) == ("Income", "Some Mutual Fund", Decimal("1010.5"))
    assert (found.without_value, found.rejected) == (1, ())


def test_eight_columns() -> None:
    [nav] = read_nav_file(NEW.encode()).navs

    assert (nav.plan, nav.option, nav.nav, nav.nav_on) == ("Direct", "Growth", Decimal("85.5"), date(2026, 8, 20))


def test_the_history_file() -> None:
    found = read_nav_file(HISTORY.encode())

    assert [(nav.isin, nav.nav, nav.nav_on.day) for nav in found.navs] == [
        ("INF879O01027", Decimal("23.4"), 30),
        ("INF879O01027", Decimal("23.5"), 31),
    ]
    assert [nav.nav for nav in newest_of_each(found.navs)] == [Decimal("23.5")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x1;INF879O01027;-;Name;1.0;14-Aug-2026", "scheme code"),
        ("1;INF879O01027;-;Name;one;14-Aug-2026", "value"),
        ("1;INF879O01027;-;Name;1.0;14-13-2026", "day"),
        ("1;INF879O01027", "fields"),
        ("1;INF879O01027;-;Name;-1.0;14-Aug-2026", "value"),
        ("1;INF879O01027;-;Name;NaN;14-Aug-2026", "value"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_left_out(line: str, reason: str) -> None:
    found = read_nav_file((OLD + line).encode())

    assert len(found.navs) == 2
    [rejected] = found.rejected
    assert reason in rejected.reason
    assert rejected.line == OLD.count("\n") + 1


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"a;b;c\n1;2;3", b"\xff\xfe\x00;\x00", OLD.splitlines()[4].encode()]
)
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"NAVAll\.txt"):
        read_nav_file(content)


def test_a_file_without_one_readable_line_is_refused() -> None:
    header = OLD.splitlines()[0]

    with pytest.raises(InvalidInputError, match="line 2"):
        read_nav_file(f"{header}\n1;2;3;4;5;6".encode())
    assert read_nav_file(header.encode()).navs == ()
