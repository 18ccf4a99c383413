#!/usr/bin/env bash
# Creates .venv from requirements.lock, every file checked against its hash, and installs nivesh into it, editable.
# A stamp holds what the environment was made from, so that a second run ends at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

venv=.venv
stamp=$venv/.nivesh-setup
usable='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'

fail() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    # A name can be on PATH and still not run (a version manager's shim), so each is tried.
    if "$candidate" -c "$usable" 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  fail "Python 3.11, 3.12 or 3.13 is needed and none was found on PATH." \
    "Install one (Debian or Ubuntu: apt-get install python3 python3-venv), or name it: PYTHON=/path/to/python3.12 make setup"
}

create_environment() {
  local python version
  python=$(find_python)
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$python cannot create environments: its venv and ensurepip modules are missing." \
      "Debian or Ubuntu: apt-get install python$version-venv"
  printf 'setup: creating %s with Python %s\n' "$venv" "$version"
  "$python" -m venv --clear "$venv"
}

# The lock's own entry for uv, with its hashes: the installer is as pinned as what it installs.
install_uv() {
  local pin wanted
  pin=$(mktemp)
  awk '/^uv==/ { inside = 1 } inside { print } inside && !/\\$/ { exit }' requirements.lock >"$pin"
  wanted=$(sed -n 's/^uv==\([^ ;\\]*\).*/\1/p' "$pin")
  if [[ $("$venv/bin/uv" --version 2>/dev/null) != "uv $wanted"* ]]; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$pin"
  fi
  rm -f "$pin"
}

digest() {
  "$1" -c 'import hashlib, sys; print(hashlib.sha256(b"".join(open(f, "rb").read() for f in sys.argv[1:])).hexdigest())' \
    "${@:2}"
}

main() {
  if ! "$venv/bin/python" -c "$usable" 2>/dev/null; then
    create_environment
  fi
  local made_from
  made_from="$PWD $(digest "$venv/bin/python" requirements.lock pyproject.toml deploy/setup.sh)"
  if [[ -x $venv/bin/nivesh && $(cat "$stamp" 2>/dev/null) == "$made_from" ]]; then
    return
  fi
  # Scripts in an environment name it by its full path: one that was moved is made again.
  if [[ -e $stamp && $(cat "$stamp") != "$PWD "* ]]; then
    create_environment
  fi
  rm -f "$stamp"
  printf 'setup: installing from requirements.lock\n'
  install_uv
  deploy/uv.sh pip sync --require-hashes --compile-bytecode requirements.lock
  deploy/uv.sh pip install --quiet --no-deps --no-build-isolation --editable .
  # Not needed, only quicker: without it the graph engine starts as slowly as Java does.
  "$venv/bin/python" -m data.embedded.engines.graph_archive ||
    printf 'setup: the graph engine will start more slowly, its class archive could not be made\n' >&2
  printf '%s\n' "$made_from" >"$stamp"
  printf 'setup: done, try %s/bin/nivesh --help\n' "$venv"
}

main
