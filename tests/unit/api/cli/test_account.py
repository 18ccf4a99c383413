"""`nivesh account delete` asks first."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from api.cli import account
from api.cli.main import app


@pytest.mark.parametrize(("typed", "worked"), [("n\n", False), ("\n", False), ("", False), ("y\n", True)])
def test_nothing_is_erased_without_a_yes(monkeypatch: pytest.MonkeyPatch, typed: str, worked: bool) -> None:
    works: list[object] = []
    monkeypatch.setattr(account, "run", works.append)
    result = CliRunner().invoke(app, ["account", "delete"], input=typed)
    assert bool(works) is worked
    assert (result.exit_code, "Nothing was erased" in result.stderr) == ((0, False) if worked else (1, True))
