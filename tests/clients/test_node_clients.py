"""The JavaScript clients, in Node: each file of `*.test.mjs` is a run of Node's own test runner."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.client import Person
from tests.support.server import Server

HERE = Path(__file__).parent
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    NODE is None or not (HERE / "node_modules").is_dir(),
    reason="Node.js and the clients' packages are not here: install Node.js, then run make clients",
)


@pytest.mark.parametrize("script", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_the_client_agrees(script: str, server: Server, asha: Person) -> None:
    environment = {
        **os.environ,
        "NIVESH_URL": server.url,
        "NIVESH_TOKEN": str(asha.http.headers["Authorization"]).removeprefix("Bearer "),
        "NIVESH_NET_WORTH": asha.http.get("/finance/net-worth").json()["net_worth"],
    }
    ran = subprocess.run(
        [str(NODE), "--test", script],
        cwd=HERE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
