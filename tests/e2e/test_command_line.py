"""The command as a person types it, in a pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.embedded import running_engines
from data.sample import generate_household

# It starts many processes, which takes minutes on a machine that is busy with others.
pytestmark = pytest.mark.timeout(300)

HOUSEHOLD = generate_household(5, end=date(2026, 10, 31), months=4)
SAVINGS = "HDFC Bank savings"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("cli")
    for name, content in HOUSEHOLD.exports.items():
        (directory / name).write_bytes(content)
    return directory


@pytest.fixture(scope="module")
def engines(home: Path) -> Iterator[None]:
    """Running, so that only the commands of the first test boot them and stop them."""
    with running_engines(home / "data"):
        yield


def nivesh(home: Path, *arguments: str, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("NIVESH_")}
    return subprocess.run(
        [sys.executable, "-m", "api.cli.main", *arguments],
        env={**inherited, "NIVESH_HOME": str(home / "data"), **settings},
        input=typed,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_import_then_ask_then_talk(home: Path) -> None:
    files = [str(home / name) for name in HOUSEHOLD.exports]
    imported = nivesh(home, "import", *files)
    assert imported.returncode == 0, imported.stderr
    assert imported.stdout.count("imported, 0 already there, 0 left out") == 3

    asked = nivesh(home, "chat", "How much did I spend in October 2026?")
    assert asked.returncode == 0, asked.stderr
    whole, paise = f"{HOUSEHOLD.truth.spend_total['2026-10']:.2f}".split(".")
    assert f"{whole[-3:]}.{paise}" in asked.stdout
    assert "\x1b[" not in asked.stdout
    assert "← get_spending $.total" in asked.stdout

    talked = nivesh(home, "chat", typed="How much did I spend on groceries in October 2026?\nand in September?\nexit\n")
    assert talked.returncode == 0, talked.stderr
    assert "in October 2026" in talked.stdout
    assert "in September 2026" in talked.stdout


@pytest.mark.usefixtures("engines")
def test_an_entry_by_hand_and_the_check_of_kept_figures(home: Path) -> None:
    statement = str(home / next(iter(HOUSEHOLD.exports)))
    nivesh(home, "import", statement)
    again = nivesh(home, "import", statement)
    assert ": 0 imported" in again.stdout
    added = nivesh(home, "transactions", "add", "-40", "Chai", "--account", SAVINGS)
    assert added.returncode == 0, added.stderr
    listed = nivesh(home, "transactions", "list")
    heading, newest = (line.split("\t") for line in listed.stdout.splitlines()[:2])
    cells = dict(zip(heading, newest, strict=True))
    assert (cells["Amount"], cells["Account"]) == ("-40.00", SAVINGS)
    unknown = nivesh(home, "transactions", "add", "-1", "x", "--account", "None")
    assert (unknown.returncode, SAVINGS in unknown.stderr) == (1, True)

    checked = nivesh(home, "finance", "check")
    assert (checked.returncode, checked.stdout) == (0, "Kept\tDiffering\nsums by month\t0\naccounts\t0\n")

    exported = nivesh(home, "account", "export", str(home / "all.json"))
    assert (exported.returncode, exported.stdout) == (0, ""), exported.stderr
    everything = json.loads((home / "all.json").read_bytes())
    assert everything["transactions"][-1]["narration"] == "Chai"
    assert SAVINGS in {entry["name"] for entry in everything["accounts"]}


@pytest.mark.usefixtures("engines")
def test_wrong_use_is_told_with_an_exit_code(home: Path, tmp_path: Path) -> None:
    missing = nivesh(home, "import", str(tmp_path / "nothing.csv"))
    assert missing.returncode == 2
    (tmp_path / "statement.csv").write_bytes(b"%PDF-1.7\n")
    unreadable = nivesh(home, "import", str(tmp_path / "statement.csv"))
    assert unreadable.returncode == 1
    assert "PDF" in unreadable.stderr
    assert "Traceback" not in unreadable.stderr
    assert nivesh(home, "frobnicate").returncode == 2


@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"NIVESH_PORT": "many"}, "NIVESH_PORT"),
        ({"NIVESH_SIGNING_SECRET": "short"}, "32"),
        ({"NIVESH_ENVIRONMENT": "production", "NIVESH_WEBHOOKS_TO_LOOPBACK": "true"}, "for development"),
        ({"NIVESH_POSTGRES_URL": "postgresql://nobody@127.0.0.1:1/nothing"}, "cannot be reached"),
        ({"NIVESH_LLM_MODEL": "nonsense:model"}, "nonsense"),
    ],
    ids=["not a number", "short secret", "webhooks inside", "no server", "unknown model"],
)
def test_wrong_settings_are_explained(home: Path, settings: dict[str, str], says: str) -> None:
    refused = nivesh(home, "chat", "hello", **settings)
    assert refused.returncode == 1
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("command", ["", "chat", "import", "serve", "worker", "demo"])
def test_help_is_everywhere(home: Path, command: str) -> None:
    shown = nivesh(home, *([command] if command else []), "--help")
    assert shown.returncode == 0
    assert "Usage" in shown.stdout
