"""One program in this process with a household for each seed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.agents.offline.households import SEEDS, Family, move_in, program
from tests.integration.agents.offline.wealth import Rich, grow_rich


@pytest.fixture(scope="package")
async def families(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[Family]]:
    home: Path = tmp_path_factory.mktemp("families")
    async with program(home) as app:
        yield [await move_in(app, seed) for seed in SEEDS]


@pytest.fixture(scope="package")
async def rich(families: list[Family]) -> Rich:
    return [await grow_rich(families[0], seed) for seed in SEEDS]
