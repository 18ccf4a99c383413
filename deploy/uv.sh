#!/usr/bin/env bash
# Runs the environment's uv with the index, certificates and links that pip is configured with on this machine,
# by PIP_* variables or a pip.conf. A UV_* variable (or SSL_CERT_FILE) that is set already stays as it is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=$PWD/.venv/bin

pip_setting() { # name, as in pip.conf
  local variable=PIP_${1^^}
  variable=${variable//-/_}
  if [[ -n ${!variable:-} ]]; then
    printf '%s' "${!variable}"
  else
    "$bin/python" -m pip config get "install.$1" 2>/dev/null ||
      "$bin/python" -m pip config get "global.$1" 2>/dev/null || true
  fi
}

adopt() { # uv's variable, pip's setting
  [[ -z ${!1:-} ]] || return 0
  local value
  value=$(pip_setting "$2" | tr '\n' ' ' | sed 's/ *$//')
  [[ -z $value ]] || export "$1=$value"
}

if [[ -z ${UV_DEFAULT_INDEX:-} ]]; then
  adopt UV_INDEX_URL index-url
fi
if [[ -z ${UV_INDEX:-} ]]; then
  adopt UV_EXTRA_INDEX_URL extra-index-url
fi
# pip weighs all indexes alike; the hashes in the lock make that safe.
export UV_INDEX_STRATEGY=${UV_INDEX_STRATEGY:-unsafe-best-match}
adopt UV_FIND_LINKS find-links
adopt UV_INSECURE_HOST trusted-host
adopt UV_HTTP_TIMEOUT default-timeout
adopt UV_HTTP_TIMEOUT timeout
adopt SSL_CERT_FILE cert
adopt ALL_PROXY proxy
export UV_NO_CONFIG=1 VIRTUAL_ENV=$PWD/.venv
exec "$bin/uv" "$@"
