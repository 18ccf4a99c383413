"""One program in this process with a household for each seed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.agents.offline.households import SEEDS, Family, move_in, program


@pytest.fixture(scope="session")
async def families(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[Family]]:
    home: Path = tmp_path_factory.mktemp("families")
    async with program(home) as app:
        yield [await move_in(app, seed) for seed in SEEDS]
