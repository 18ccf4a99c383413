"""When garbage is looked for early."""

from __future__ import annotations

import gc

import pytest

from api.collection import collect_early


@pytest.mark.parametrize(
    ("counts", "collected"),
    [
        ((2_500, 0, 0), []),
        ((2_501, 0, 0), [0]),
        ((2_501, 1, 0), [0]),
        ((2_501, 2, 0), [1]),
        ((2_501, 2, 100), [1]),
        ((19_999, 2, 101), []),
    ],
)
def test_garbage_is_looked_for_before_python_would_but_not_in_everything(
    counts: tuple[int, int, int], collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    monkeypatch.setattr(gc, "collect", done.append)
    collect_early()
    assert done == collected
