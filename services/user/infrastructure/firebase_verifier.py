"""Firebase Authentication behind the port of identity providers."""

import asyncio
import os
from datetime import UTC, datetime
from typing import Any, Final

from google.auth.credentials import AnonymousCredentials

from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import new_uuid
from services.user.domain.errors import SignInNotConfiguredError, TokenInvalidError
from services.user.domain.external_identity import ExternalIdentity

PROVIDER: Final = "firebase"
_EMULATOR: Final = "FIREBASE_AUTH_EMULATOR_HOST"
_TIMEOUT_S: Final = 5
_CLOCK_SKEW_S: Final = 5


class UnsafeFirebaseSettingsError(Exception):
    """The settings would let forged tokens in."""


def refuse_emulator() -> None:
    """Raise UnsafeFirebaseSettingsError when the emulator is set: with it any unsigned token passes for valid."""
    if os.environ.get(_EMULATOR):
        raise UnsafeFirebaseSettingsError(
            f"{_EMULATOR} is set, which makes Firebase accept unsigned and expired tokens. "
            "Unset it, or set NIVESH_ENVIRONMENT=development."
        )


class NoProvider:
    """ExternalIdentityVerifier for a server without a Firebase project."""

    async def verify(self, id_token: str) -> ExternalIdentity:
        """Always SignInNotConfiguredError."""
        raise SignInNotConfiguredError("Firebase")


class FirebaseVerifier:
    """ExternalIdentityVerifier by firebase-admin, which needs nothing but the project's id to verify a token.

    The first verification, and one whenever Google's certificates have run out, fetches them; it runs in a thread.
    """

    def __init__(self, project_id: str, *, development: bool = False) -> None:
        # Half a second of imports that only servers with Firebase should pay.
        import firebase_admin
        from firebase_admin import auth, credentials

        class NoCredential(credentials.Base):  # type: ignore[misc]
            def get_credential(self) -> AnonymousCredentials:
                return AnonymousCredentials()  # type: ignore[no-untyped-call]

        self._development = development
        self._require_signatures()
        self._auth = auth
        options = {"projectId": project_id, "httpTimeout": _TIMEOUT_S}
        self._app = firebase_admin.initialize_app(NoCredential(), options, name=f"nivesh-{new_uuid()}")

    async def verify(self, id_token: str) -> ExternalIdentity:
        """Who the token speaks for. TokenInvalidError; UnavailableError when the certificates cannot be fetched."""
        self._require_signatures()
        try:
            claims = await asyncio.to_thread(
                self._auth.verify_id_token, id_token, app=self._app, clock_skew_seconds=_CLOCK_SKEW_S
            )
        except self._auth.CertificateFetchError as error:
            raise UnavailableError("Firebase's certificates cannot be fetched now. Try again in a moment.") from error
        except (self._auth.InvalidIdTokenError, ValueError) as error:
            raise TokenInvalidError("The Firebase ID token is not valid or has expired. Sign in again.") from error
        return _identity(claims)

    def _require_signatures(self) -> None:
        if not self._development:
            refuse_emulator()


def _identity(claims: dict[str, Any]) -> ExternalIdentity:
    signed_in = claims.get("auth_time")
    return ExternalIdentity(
        provider=PROVIDER,
        subject=str(claims["uid"]),
        email=str(claims.get("email") or ""),
        email_verified=claims.get("email_verified") is True,
        name=str(claims.get("name") or ""),
        signed_in_at=datetime.fromtimestamp(signed_in, UTC) if isinstance(signed_in, int) else None,
    )
