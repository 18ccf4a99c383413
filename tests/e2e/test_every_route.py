"""Every route, tried by schemathesis with what its schema allows and what it does not, single and in sequences."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.client import Person
from tests.support.server import Server

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# Streams have no schema, logging in is throttled, and neither Fi nor a webhook is to be reached from a test.
LEFT_OUT = r"events$|/chat|/stream|/auth/|/openai|/ws$|^/metrics|^/health|/fi/|/webhooks/[^/]+/test"


@pytest.mark.timeout(300)
def test_no_route_fails_or_answers_what_it_does_not_document(server: Server, stranger: Person) -> None:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{server.url}/openapi.json"]
    command += ["--header", f"Authorization: {stranger.http.headers['Authorization']}", "--checks", CHECKS]
    command += ["--exclude-path-regex", LEFT_OUT, "--phases", "examples,fuzzing,stateful", "--max-examples", "3"]
    command += ["--seed", "1", "--no-color"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)

    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    assert "Selected: 1" in ran.stdout
