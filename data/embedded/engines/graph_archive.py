"""The graph engine's class archive: its Java classes loaded and linked once, at set-up, and not at every start.

An ahead-of-time cache (JEP 483, JEP 514) takes more than half off the processor time of a start. It is made by a trial
run of the engine, belongs to one version of its wheel, and lies with the environment that has the wheel. Without one,
or with one that does not fit, Java starts as ever. `python -m data.embedded.engines.graph_archive` makes it.
"""

from __future__ import annotations

import asyncio
import dataclasses
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from neo4j import AsyncGraphDatabase

from data.embedded.address import Engine
from data.embedded.credentials import ensure_credentials
from data.embedded.engines.blueprint import PACKAGES
from data.embedded.engines.graph import DATABASE, GraphBlueprint, archive_path
from data.embedded.paths import home_paths
from data.embedded.ports import choose_ports
from data.embedded.process import spawn
from data.embedded.readiness import until_ready

_TIMEOUT_S = 60
# What a first start does: the statements that load the query engine.
_TRIAL = (
    "CREATE CONSTRAINT trial IF NOT EXISTS FOR (t:Trial) REQUIRE t.id IS UNIQUE",
    "MERGE (a:Trial {id: 1}) MERGE (b:Trial {id: 2}) MERGE (a)-[:LEADS_TO]->(b)",
    "UNWIND [1, 2] AS id MATCH (t:Trial {id: id}) OPTIONAL MATCH (t)-[r]->(o) RETURN t, count(r), collect(o.id)",
)


async def make_archive() -> Path:
    """Run the engine once in a directory of its own and have it write the archive as it ends."""
    path = archive_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        paths = home_paths(Path(home))
        paths.create()
        blueprint = GraphBlueprint(paths, ensure_credentials(paths))
        ports = choose_ports(blueprint.port_names, {})
        blueprint.prepare(ports)
        launch = blueprint.launch(ports)
        java, *rest = launch.command
        recording = dataclasses.replace(launch, command=(java, f"-XX:AOTCacheOutput={fresh}", *rest))
        await _trial_run(blueprint, ports, spawn(recording, paths.log(blueprint.engine)))
    fresh.rename(path)
    return path


async def _trial_run(blueprint: GraphBlueprint, ports: dict[str, int], process: subprocess.Popen[bytes]) -> None:
    """Use the running engine as a first start does, then end it."""
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            await until_ready(lambda: blueprint.answers(ports))
            await _use(blueprint, ports)
    finally:
        process.send_signal(blueprint.stop_signal)
        await asyncio.to_thread(process.wait, _TIMEOUT_S)


async def _use(blueprint: GraphBlueprint, ports: dict[str, int]) -> None:
    address = blueprint.address(ports)
    async with AsyncGraphDatabase.driver(address.url, auth=(address.username or "", address.password or "")) as driver:
        for statement in _TRIAL:
            await driver.execute_query(statement, database_=DATABASE)


def main() -> None:
    """Make the archive of the installed wheel unless it is there."""
    if not archive_path().exists():
        path = asyncio.run(make_archive())
        sys.stdout.write(f"class archive of {PACKAGES[Engine.GRAPH][1]} {version(PACKAGES[Engine.GRAPH][1])}: {path}\n")


if __name__ == "__main__":
    main()
