"""Which bank a statement is of."""

from __future__ import annotations

import pytest

from services.financial.infrastructure.statements.banks import bank_named_in, bank_of_ifsc


@pytest.mark.parametrize(
    ("text", "bank"),
    [
        ("STATE BANK OF INDIA\nStatement of account", "State Bank of India"),
        ("Union  Bank of India, Pune", "Union Bank of India"),
        ("Bank of India", "Bank of India"),
        ("Kotak Mahindra Bank Ltd", "Kotak Mahindra Bank"),
        ("The South Indian Bank Ltd.", "South Indian Bank"),
        ("Axis Bank\nRegulated by the Reserve Bank of India\nTo: State Bank of India", "Axis Bank"),
        ("A co-operative", ""),
    ],
)
def test_a_bank_goes_by_the_whole_of_its_name(text: str, bank: str) -> None:
    assert bank_named_in(text) == bank


@pytest.mark.parametrize(
    ("code", "bank"), [("KKBK0000811", "Kotak Mahindra Bank"), ("sbin", "State Bank of India"), ("", ""), ("X", "")]
)
def test_a_bank_goes_by_its_ifsc(code: str, bank: str) -> None:
    assert bank_of_ifsc(code) == bank
