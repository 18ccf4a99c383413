"""The API's own description: it can be made, every route is explained, every error is a problem."""

from __future__ import annotations

from typing import Any
from unittest.mock import MagicMock

import pytest

from api.app import build_app
from api.middleware.admission import TURN_PATHS


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    application = MagicMock()
    application.settings.rate_limit_per_minute = 0
    application.settings.cors_origins = ()
    return build_app(application).openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_there_are_routes_and_each_is_explained(document: dict[str, Any]) -> None:
    found = operations(document)

    assert len(found) > 100
    assert [name for name, operation in found if not operation.get("summary")] == []


def test_what_waits_for_its_turn_are_routes_and_all_under_chat(document: dict[str, Any]) -> None:
    begins = ("/api/v1/chat", "/openai/v1/chat")
    found = {path for path, methods in document["paths"].items() if "post" in methods and path.startswith(begins)}

    assert {path for path in found if not path.endswith("/cancel")} == TURN_PATHS


def test_the_caller_is_never_a_parameter(document: dict[str, Any]) -> None:
    asked = {
        name: [parameter["name"] for parameter in operation.get("parameters", ())]
        for name, operation in operations(document)
    }

    assert [
        name for name, parameters in asked.items() if {"user", "caller", "user_id", "identity"} & {*parameters}
    ] == []


def test_whoever_must_log_in_may_be_refused(document: dict[str, Any]) -> None:
    guarded = [(name, operation) for name, operation in operations(document) if operation.get("security")]

    assert len(guarded) > 90
    assert [name for name, operation in guarded if not {"401", "403"} <= operation["responses"].keys()] == []


def test_errors_are_problems(document: dict[str, Any]) -> None:
    other = [
        f"{name} {status}"
        for name, operation in operations(document)
        if not name.startswith(("GET /health", "GET /metrics"))
        for status, response in operation["responses"].items()
        if status[0] in "45" and list(response.get("content", {})) not in ([], ["application/problem+json"])
    ]

    assert other == []
