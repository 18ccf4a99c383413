"""Real database engines, booted from wheels on demand and shared by the processes that use one home directory.

Every engine listens on loopback alone, on ports that the home keeps, with random passwords that only the home's owner
can read. A keeper process owns them (`data.embedded.keeper`): it restarts what dies and stops everything when nobody is
left.
"""

from data.embedded.address import URL_SETTINGS, Engine, EngineAddress
from data.embedded.chdb import ChdbClaim, claim_chdb
from data.embedded.embedded import ALL_ENGINES, EmbeddedEngines, booting_engines, running_engines
from data.embedded.errors import ChdbMissingError, EngineMissingError, EngineStartError

__all__ = [
    "ALL_ENGINES",
    "URL_SETTINGS",
    "ChdbClaim",
    "ChdbMissingError",
    "EmbeddedEngines",
    "Engine",
    "EngineAddress",
    "EngineMissingError",
    "EngineStartError",
    "booting_engines",
    "claim_chdb",
    "running_engines",
]
