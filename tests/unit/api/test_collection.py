"""When garbage is looked for early."""

from __future__ import annotations

import gc

import pytest

from api.collection import collect_early


@pytest.mark.parametrize(
    ("counts", "in_haste", "collected"),
    [
        ((2_500, 0, 0), False, []),
        ((2_501, 0, 0), False, [0]),
        ((2_501, 1, 0), False, [0]),
        ((2_501, 2, 0), False, [1]),
        ((2_501, 2, 0), True, [0]),
        ((2_501, 2, 100), False, [1]),
        ((19_999, 2, 101), False, []),
    ],
)
def test_garbage_is_looked_for_before_python_would_but_not_in_everything(
    counts: tuple[int, int, int], in_haste: bool, collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    monkeypatch.setattr(gc, "collect", done.append)
    collect_early(in_haste)
    assert done == collected
