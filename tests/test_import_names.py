"""Guard: our plain top-level packages are ours in every environment.

Two installed distributions that own one import name overwrite each other's files or shadow one another, silently
(openai-agents owns `agents`, for one). ofxtools ships its test suite as a top-level directory `tests` without an
`__init__.py`: a regular package such as ours wins over such a directory wherever both stand on the path, and the
second test holds it to that.
"""

from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("agents", "api", "data", "evals", "prompts", "services", "tools")


@pytest.mark.parametrize("name", OURS)
def test_no_other_distribution_owns_our_package(name: str) -> None:
    owners = set(packages_distributions().get(name, ())) - {"nivesh"}

    assert not owners, f"{', '.join(sorted(owners))} also installs a top-level '{name}': remove it or rename ours"


@pytest.mark.parametrize("name", [*OURS, "tests", "benchmarks"])
def test_our_package_is_the_one_imported(name: str) -> None:
    origin = import_module(name).__file__

    assert origin is not None, f"'{name}' is a namespace package: its __init__.py is missing"
    assert Path(origin).resolve() == ROOT / name / "__init__.py"
