"""What a person is told when a command cannot go on."""

from __future__ import annotations

from pydantic import ValidationError

from agents.models.port import ModelError
from data.embedded import ChdbMissingError, EngineMissingError, EngineStartError
from services.shared.domain.errors import NiveshError
from services.user.infrastructure.firebase_verifier import UnsafeFirebaseSettingsError
from services.user.infrastructure.signing_key import SigningKeyError

_TELLING = (
    NiveshError,
    EngineStartError,
    EngineMissingError,
    ChdbMissingError,
    ModelError,
    SigningKeyError,
    UnsafeFirebaseSettingsError,
)


def explain(error: Exception) -> str | None:
    """A sentence that says what to do; None for an error nobody foresaw, whose traceback is worth more."""
    if isinstance(error, _TELLING):
        return str(error)
    if isinstance(error, ValidationError) and error.title == "Settings":
        return "; ".join(_setting(item["loc"], item["msg"]) for item in error.errors())
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename} cannot be used: {error.strerror or error}."
    if isinstance(error, OSError):
        return f"a server cannot be reached: {error}. Check the NIVESH_… settings."
    return None


def _setting(place: tuple[int | str, ...], message: str) -> str:
    return f"the setting NIVESH_{str(place[0]).upper()} is wrong: {message}"
