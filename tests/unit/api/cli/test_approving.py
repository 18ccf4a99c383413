"""Changes typed at the terminal."""

from __future__ import annotations

import pytest

from api.cli.approving import EditError, changed

ARGUMENTS = {"name": "Car", "target_amount": "500000"}


@pytest.mark.parametrize(
    ("typed", "arguments"),
    [
        ("target_amount=600000", {"name": "Car", "target_amount": "600000"}),
        (" name = Bike , target_amount= 1", {"name": "Bike", "target_amount": "1"}),
        ("name=", {"target_amount": "500000"}),
        ("", ARGUMENTS),
        ('{"name": "Bike", "target_amount": 0.10}', {"name": "Bike", "target_amount": "0.10"}),
    ],
)
def test_changes_are_made(typed: str, arguments: dict[str, str]) -> None:
    assert changed(ARGUMENTS, typed) == arguments


@pytest.mark.parametrize("typed", ["600000", "{", "{]"])
def test_what_cannot_be_read_is_said(typed: str) -> None:
    with pytest.raises(EditError):
        changed(ARGUMENTS, typed)
