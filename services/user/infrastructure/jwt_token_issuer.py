"""Access tokens: JWTs signed with Ed25519, profile RFC 9068, verified by the rules of RFC 8725."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import jwt

from services.shared.domain.ids import UserId, new_uuid
from services.user.domain.errors import TokenExpiredError, TokenInvalidError
from services.user.domain.refresh_token import SessionId
from services.user.domain.security import AccessClaims
from services.user.infrastructure.signing_key import KeyRing, SigningKey

_ALGORITHM: Final = "EdDSA"
_TYPE: Final = "at+jwt"
_REQUIRED: Final = ["iss", "aud", "sub", "exp", "iat", "jti", "sid", "scope"]
_LEEWAY: Final = timedelta(seconds=5)
_MAX_LENGTH: Final = 4096
_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class _Verified:
    """A token whose signature and claims were found right: they stay so until it expires or its key is gone."""

    claims: AccessClaims
    kid: str
    until: float


class JwtTokenIssuer:
    """TokenIssuer on a ring of Ed25519 keys.

    A client sends the same token many times; the last 4,096 are not verified again while they are valid.
    """

    def __init__(
        self,
        keys: KeyRing,
        *,
        lifetime: timedelta = timedelta(minutes=15),
        issuer: str = "nivesh",
        audience: str = "nivesh-api",
    ) -> None:
        self._keys = keys
        self._lifetime = lifetime
        self._issuer = issuer
        self._audience = audience
        self._verified: OrderedDict[str, _Verified] = OrderedDict()

    @property
    def lifetime_s(self) -> int:
        """How long a token is valid, in seconds."""
        return int(self._lifetime.total_seconds())

    def issue(self, claims: AccessClaims, at: datetime) -> str:
        """A token with these claims, valid from `at`."""
        key = self._keys.newest()
        payload = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": str(claims.user_id),
            "sid": str(claims.session_id),
            "scope": " ".join(sorted(claims.scopes)),
            "iat": int(at.timestamp()),
            "exp": int((at + self._lifetime).timestamp()),
            "jti": str(new_uuid()),
        }
        return jwt.encode(payload, key.private, _ALGORITHM, headers={"kid": key.kid, "typ": _TYPE})

    def read(self, token: str) -> AccessClaims:
        """The claims of a token issued here. TokenExpiredError, TokenInvalidError."""
        known = self._verified.get(token)
        if known is not None and time.time() < known.until and self._keys.find(known.kid) is not None:
            return known.claims
        self._verified.pop(token, None)
        verified = self._verify(token, self._key_of(token))
        self._verified[token] = verified
        if len(self._verified) > _REMEMBERED:
            self._verified.popitem(last=False)
        return verified.claims

    def _verify(self, token: str, key: SigningKey) -> _Verified:
        try:
            payload = jwt.decode(
                token,
                key.public,
                algorithms=[_ALGORITHM],
                issuer=self._issuer,
                audience=self._audience,
                leeway=_LEEWAY,
                options={"require": _REQUIRED, "strict_aud": True},
            )
            claims = AccessClaims(
                user_id=UserId(UUID(payload["sub"])),
                session_id=SessionId(UUID(payload["sid"])),
                scopes=frozenset(str(payload["scope"]).split()),
            )
        except jwt.ExpiredSignatureError as error:
            raise TokenExpiredError from error
        except (jwt.InvalidTokenError, ValueError, AttributeError) as error:
            raise TokenInvalidError from error
        return _Verified(claims, key.kid, float(payload["exp"]) + _LEEWAY.total_seconds())

    def _key_of(self, token: str) -> SigningKey:
        if len(token) > _MAX_LENGTH:
            raise TokenInvalidError
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.InvalidTokenError, ValueError) as error:
            raise TokenInvalidError from error
        kid = header.get("kid")
        key = self._keys.find(kid) if isinstance(kid, str) else None
        if key is None or header.get("typ") != _TYPE or header.get("alg") != _ALGORITHM:
            raise TokenInvalidError
        return key
