"""Ports on loopback: picked once, then kept."""

import random
import socket
from collections.abc import Iterable, Mapping

# Under Linux's ephemeral range (32768 on): no outgoing connection takes an engine's port while it is being restarted.
_FIRST, _LAST = 20_000, 32_000
_RANDOM = random.SystemRandom()


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` of 127.0.0.1 now; a former one's closing connections are no bar."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_ports(names: Iterable[str], kept: Mapping[str, int], avoid: frozenset[int] = frozenset()) -> dict[str, int]:
    """A port for every name: the kept one where it is still free, otherwise a free one at random, none of `avoid`."""
    chosen: dict[str, int] = {}
    for name in names:
        port = kept.get(name)
        if port is None or not is_free(port):
            port = _pick(avoid | frozenset(chosen.values()) | frozenset(kept.values()))
        chosen[name] = port
    return chosen


def _pick(avoid: frozenset[int]) -> int:
    while True:
        port = _RANDOM.randint(_FIRST, _LAST)
        if port not in avoid and is_free(port):
            return port
