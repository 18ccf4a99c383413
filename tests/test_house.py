"""Guards on what no tool checks: the lock, the size of the code, money's type, the documents' promises."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from api.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SOURCE_PACKAGES = ("agents", "api", "benchmarks", "data", "evals", "prompts", "services", "tools")
LOCKS = ("requirements.lock", "deploy/requirements.lock")
MODULE_LINES = 300
FUNCTION_LINES = 50


def _modules(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def _entries(lock: str) -> dict[str, str]:
    """The lock's requirements: `name==version` to all the text of the entry."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    return {entry.split()[0]: entry for entry in entries if entry.strip()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_the_lock_is_pinned_with_hashes(lock: str) -> None:
    entries = _entries(lock)
    loose = [
        name
        for name, entry in entries.items()
        if not re.fullmatch(r"[a-z0-9.\-\[\],]+==\S+", name) or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    ]

    assert len(entries) > 50
    assert not loose, "run make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")

    assert not re.findall(r"\S*(?:://|--index|--extra-index|--find-links|--trusted-host|@ file)\S*", text)


def test_the_image_gets_versions_that_the_tests_ran_on() -> None:
    image, tested = (
        {name: set(re.findall(r"sha256:[0-9a-f]{64}", entry)) for name, entry in _entries(lock).items()}
        for lock in ("deploy/requirements.lock", "requirements.lock")
    )

    assert image.items() <= tested.items()


def test_no_lock_that_records_hosts() -> None:
    assert not (ROOT / "uv.lock").exists()


def test_modules_are_short() -> None:
    lengths = {path: path.read_text("utf-8").count("\n") for path in _modules(*SOURCE_PACKAGES)}

    assert not {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > MODULE_LINES}


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in _modules(*SOURCE_PACKAGES)
        for node in ast.walk(_parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]

    assert not long


def _annotations(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            yield node.returns


def test_no_float_in_a_domain() -> None:
    """A domain's numbers are money, counts and days: none may pass through binary fractions."""
    floats = [
        f"{path.relative_to(ROOT)}:{annotation.lineno}"
        for path in _modules("services")
        if "domain" in path.parts
        for annotation in _annotations(_parsed(path))
        if re.search(r"\bfloat\b", ast.unparse(annotation))
    ]

    assert not floats


def test_the_console_command_exists() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]

    assert "nivesh" in scripts
    for target in scripts.values():
        module, _, function = target.partition(":")
        assert callable(getattr(import_module(module), function))


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))

    assert names
    assert [name[:5] for name in names] == [f"{number:04d}-" for number in range(1, len(names) + 1)]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_the_documents_name_make_targets_that_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / document).read_text("utf-8"), flags=re.MULTILINE))

    assert named
    assert named <= targets


def test_every_setting_is_in_the_example_and_no_other() -> None:
    settings = {f"NIVESH_{name.upper()}" for name in Settings.model_fields}
    example = (ROOT / ".env.example").read_text("utf-8")

    assert set(re.findall(r"^# (NIVESH_[A-Z0-9_]+)=", example, flags=re.MULTILINE)) == settings


def test_the_readme_names_settings_that_exist() -> None:
    settings = {f"NIVESH_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bNIVESH_[A-Z0-9_]+\b", (ROOT / "README.md").read_text("utf-8")))

    assert named
    assert named <= settings


def test_the_documents_name_paths_that_exist() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    paths = re.findall(r"`((?:agents|api|data|docs|services|tests|tools)/[a-z_/]+(?:\.py)?)`", contributing)

    assert paths
    assert not [path for path in paths if not (ROOT / path).exists()]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_links_inside_the_project_lead_somewhere(document: str) -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", (ROOT / document).read_text("utf-8"))

    assert not [link for link in links if not (ROOT / link).exists()]
