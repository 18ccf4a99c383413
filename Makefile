# Every target prepares what it needs: on a machine with make and Python 3.11, 3.12 or 3.13, any of them can be
# the first command. They leave the environment in .venv and the command in .venv/bin/nivesh.

.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
# Tests are of very different length: whoever is done takes half of what the other has left.
PYTEST := $(BIN)/pytest -n auto --maxprocesses 2 --dist worksteal
LOCK := deploy/uv.sh pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" pyproject.toml
ARGS ?=

# Images often forbid bytecode; then each of the many processes that the tests start would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo serve clients test check bench torture lock test-servers format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Create .venv from the lock and install nivesh (does nothing when it is up to date)
	@deploy/setup.sh

demo: setup ## Start a server on a sample household, import its exports, ask questions over HTTP
	@$(BIN)/nivesh demo $(ARGS)

serve: setup ## Serve the API on port 3000
	@$(BIN)/nivesh serve $(ARGS)

# Without Node.js the JavaScript clients are left out of the tests, which then say so.
clients: tests/clients/node_modules/.package-lock.json ## Install the JavaScript clients that the tests try the protocols with

tests/clients/node_modules/.package-lock.json: tests/clients/package-lock.json
	@if command -v npm >/dev/null; then cd tests/clients && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json; fi

test: setup clients ## Run all tests on the embedded engines
	$(PYTEST) -m "not servers" $(ARGS)

check: setup ## Check format, lint, types, import contracts and the house's limits
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 0 tests/test_house.py

bench: setup ## Measure, print a line per figure and write build/bench.json
	@$(BIN)/python -m benchmarks $(ARGS)

torture: setup ## Kill servers, workers and engines in the middle of turns (200 times); prints its seed
	@$(BIN)/python -m tests.torture $(ARGS)

test-servers: setup ## Run the tests that need real Kafka and Neo4j (Java 17 and Maven)
	@deploy/servers/fetch.sh
	$(BIN)/pytest -m servers tests/servers $(ARGS)

lock: setup ## Resolve the dependencies anew: requirements.lock and deploy/requirements.lock
	$(LOCK) --extra embedded --group dev -o requirements.lock $(ARGS)
	$(LOCK) --constraints requirements.lock -o deploy/requirements.lock

format: setup ## Format and fix what can be fixed by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove the environment and everything that was built
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
