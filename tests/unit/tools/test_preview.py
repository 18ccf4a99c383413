"""What a person reads before approving a write."""

from __future__ import annotations

import pytest

from tools.tool import Preview


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Car\nNothing will change", "Car Nothing will change"),
        ("Car\u202eevas", "Carevas"),
        ("Car\x1b[2J\u2028now", "Car [2J now"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
    ],
)
def test_a_name_cannot_make_it_look_like_something_else(name: str, read: str) -> None:
    preview = Preview(f"Set '{name}'.", (("Name", name),))
    assert (preview.summary, preview.details) == (f"Set '{read}'.", (("Name", read),))
