"""The random passwords of a home's engines."""

import json
import secrets
from dataclasses import asdict, dataclass, field

from data.embedded.address import Engine
from data.embedded.errors import EngineStartError
from data.embedded.paths import HomePaths
from data.embedded.private_files import write_private


@dataclass(frozen=True, slots=True)
class Credentials:
    """One password per engine, 192 random bits each in hexadecimal: they need no escaping in a URL or a command."""

    postgres: str = field(repr=False)
    mongo: str = field(repr=False)
    redis: str = field(repr=False)
    graph: str = field(repr=False)


def read_credentials(paths: HomePaths) -> Credentials | None:
    """The credentials of the home, None before the keeper has made them."""
    try:
        stored = json.loads(paths.credentials.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Credentials(**{name: str(stored[name]) for name in Credentials.__dataclass_fields__})


def ensure_credentials(paths: HomePaths) -> Credentials:
    """The credentials of the home, made on first use. The keeper alone calls this.

    Raises EngineStartError when they are gone but data made with them is there: new ones would lock everybody out.
    """
    stored = read_credentials(paths)
    if stored is not None:
        return stored
    left = [str(paths.data(engine)) for engine in Engine if paths.data(engine).exists()]
    if left:
        raise EngineStartError(
            f"{paths.credentials} is missing, but data made with it is in {', '.join(left)}: "
            "restore the file, or remove those directories to begin anew"
        )
    fresh = Credentials(*(secrets.token_hex(24) for _ in Credentials.__dataclass_fields__))
    write_private(paths.credentials, json.dumps(asdict(fresh)))
    return fresh
