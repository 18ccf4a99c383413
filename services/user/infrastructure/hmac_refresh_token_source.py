"""The texts of refresh tokens."""

import base64
import hmac
import secrets
from typing import Final

from services.user.infrastructure.signing_key import KeyRing

_PURPOSE: Final = b"nivesh refresh token succession"


class HmacRefreshTokenSource:
    """RefreshTokenSource: 256 random bits, then the HMAC-SHA-256 of each token for the next.

    Whoever holds a used token cannot compute its successor without the server's secret.
    """

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def new(self) -> str:
        """The first token of a family."""
        return _text(secrets.token_bytes(32))

    def successor(self, token: str) -> str:
        """The one token that follows this one; another one when the signing key was rotated in between."""
        secret = self._keys.newest().derive(_PURPOSE)
        return _text(hmac.digest(secret, token.encode(errors="replace"), "sha256"))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
