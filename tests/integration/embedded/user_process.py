"""A nivesh process as the tests need it: `python -m tests.integration.embedded.user_process HOME ENGINE,...`.

It prints a JSON line {engine: port} when the engines are up, and leaves when its standard input ends.
"""

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from data.embedded import Engine, running_engines


def main() -> None:
    """Use the engines until told to leave."""
    wanted = frozenset(Engine(name) for name in sys.argv[2].split(","))
    with running_engines(Path(sys.argv[1]), wanted) as addresses:
        ports = {engine.value: urlsplit(address.url).port for engine, address in addresses.items()}
        sys.stdout.write(json.dumps(ports) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
