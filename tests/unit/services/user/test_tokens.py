import base64
import json
import multiprocessing
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from services.shared.domain.ids import UserId, new_uuid
from services.user.domain.errors import TokenExpiredError, TokenInvalidError
from services.user.domain.refresh_token import SessionId
from services.user.domain.security import AccessClaims
from services.user.infrastructure.directory_key_ring import DirectoryKeyRing
from services.user.infrastructure.hmac_refresh_token_source import HmacRefreshTokenSource
from services.user.infrastructure.jwt_token_issuer import JwtTokenIssuer
from services.user.infrastructure.signing_key import FixedKeyRing, SigningKey, SigningKeyError

KEY = SigningKey(Ed25519PrivateKey.generate())
ISSUER = JwtTokenIssuer(FixedKeyRing([KEY]))
CLAIMS = AccessClaims(
    user_id=UserId(new_uuid()),
    session_id=SessionId(new_uuid()),
    scopes=frozenset({"finance:read", "chat:write"}),
)

Payload = dict[str, Any]


def now() -> datetime:
    return datetime.now(UTC)


def forged(
    change: Callable[[Payload], object], *, key: Any = KEY.private, algorithm: str = "EdDSA", **head: str
) -> str:
    """A token like ours, but for a change in its claims, its header, its key or its algorithm."""
    payload: Payload = jwt.decode(ISSUER.issue(CLAIMS, now()), options={"verify_signature": False})
    change(payload)
    return jwt.encode(payload, key, algorithm, headers={"kid": KEY.kid, "typ": "at+jwt"} | head)


def nothing(payload: Payload) -> None:
    """Change nothing."""


class Clock(datetime):
    """What PyJWT takes for now."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: Any = None) -> "Clock":
        later = datetime.now(tz) + cls.ahead
        return cls.fromtimestamp(later.timestamp(), tz)


def test_a_token_that_was_read_before_still_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    token = ISSUER.issue(CLAIMS, now())
    assert ISSUER.read(token) == ISSUER.read(token) == CLAIMS
    late = time.time() + ISSUER.lifetime_s + 6
    monkeypatch.setattr(time, "time", lambda: late)
    monkeypatch.setattr(Clock, "ahead", timedelta(seconds=ISSUER.lifetime_s + 6))
    monkeypatch.setattr("jwt.api_jwt.datetime", Clock)
    with pytest.raises(TokenExpiredError):
        ISSUER.read(token)


def test_a_token_that_was_read_before_ends_with_its_key() -> None:
    class Ring(FixedKeyRing):
        def find(self, kid: str) -> SigningKey | None:
            return None if retired else super().find(kid)

    retired = False
    issuer = JwtTokenIssuer(Ring([KEY]))
    token = issuer.issue(CLAIMS, now())
    assert issuer.read(token) == CLAIMS
    retired = True
    with pytest.raises(TokenInvalidError):
        issuer.read(token)


def test_what_is_issued_is_read() -> None:
    token = ISSUER.issue(CLAIMS, now())
    assert ISSUER.read(token) == CLAIMS
    assert ISSUER.read(forged(nothing)) == CLAIMS, "the forger below starts from a good token"
    header = jwt.get_unverified_header(token)
    assert header == {"alg": "EdDSA", "kid": KEY.kid, "typ": "at+jwt"}
    payload = jwt.decode(token, options={"verify_signature": False})
    assert payload["exp"] - payload["iat"] == ISSUER.lifetime_s == 900
    assert ISSUER.issue(CLAIMS, now()) != ISSUER.issue(CLAIMS, now())


def test_time_runs_out_after_a_short_leeway() -> None:
    lifetime = timedelta(seconds=ISSUER.lifetime_s)
    assert ISSUER.read(ISSUER.issue(CLAIMS, now() - lifetime + timedelta(seconds=60))) == CLAIMS
    with pytest.raises(TokenExpiredError):
        ISSUER.read(ISSUER.issue(CLAIMS, now() - lifetime - timedelta(seconds=60)))


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "exp", "iat", "jti", "sid", "scope"])
def test_every_claim_is_required(claim: str) -> None:
    with pytest.raises(TokenInvalidError):
        ISSUER.read(forged(lambda payload: payload.pop(claim)))


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "somebody"),
        ("aud", "another-api"),
        ("aud", ["nivesh-api", "another-api"]),
        ("sub", "7"),
        ("sid", None),
        ("sid", 7),
        ("iat", "soon"),
        ("nbf", 4_000_000_000),
    ],
)
def test_a_wrong_claim_is_refused(claim: str, value: object) -> None:
    with pytest.raises(TokenInvalidError):
        ISSUER.read(forged(lambda payload: payload.update({claim: value})))


def test_other_keys_algorithms_and_types_are_refused() -> None:
    stranger = Ed25519PrivateKey.generate()
    rsa = generate_private_key(65537, 2048)
    public_text = KEY.public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    for token in (
        forged(nothing, key=stranger),
        forged(nothing, key=stranger, kid=SigningKey(stranger).kid),
        forged(nothing, key=rsa, algorithm="RS256"),
        forged(nothing, key=public_text, algorithm="HS256"),
        forged(nothing, key=None, algorithm="none"),
        forged(nothing, typ="JWT"),
        forged(nothing, kid="../../etc/passwd"),
    ):
        with pytest.raises(TokenInvalidError):
            ISSUER.read(token)


def test_damaged_tokens_are_refused() -> None:
    token = ISSUER.issue(CLAIMS, now())
    head, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    other = base64.urlsafe_b64encode(json.dumps(claims | {"scope": "admin"}).encode()).rstrip(b"=").decode()
    for damaged in (
        "",
        "x",
        "a.b.c",
        head,
        f"{head}.{payload}.",
        f"{head}.{other}.{signature}",
        token + "x" * 5000,
        "\ud800.\ud800.\ud800",
        "é" * 10,
    ):
        with pytest.raises(TokenInvalidError):
            ISSUER.read(damaged)


def test_a_key_directory_makes_its_first_key_for_its_owner_alone(tmp_path: Path) -> None:
    ring = DirectoryKeyRing(tmp_path / "home" / "keys")
    (path,) = (tmp_path / "home" / "keys").iterdir()
    assert path.name == "0001.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert DirectoryKeyRing(path.parent).newest().kid == ring.newest().kid


def test_rotation_signs_with_the_new_key_and_still_verifies_the_old(tmp_path: Path) -> None:
    here, elsewhere = DirectoryKeyRing(tmp_path), DirectoryKeyRing(tmp_path)
    old = JwtTokenIssuer(here).issue(CLAIMS, now())
    fresh_key = elsewhere.rotate()
    new = JwtTokenIssuer(elsewhere).issue(CLAIMS, now())
    assert jwt.get_unverified_header(new)["kid"] == fresh_key.kid != jwt.get_unverified_header(old)["kid"]
    assert JwtTokenIssuer(here).read(new) == JwtTokenIssuer(elsewhere).read(old) == CLAIMS
    assert here.newest().kid == fresh_key.kid


def test_a_retired_key_verifies_no_more(tmp_path: Path) -> None:
    ring = DirectoryKeyRing(tmp_path)
    old = JwtTokenIssuer(ring).issue(CLAIMS, now())
    ring.rotate()
    (tmp_path / "0001.pem").unlink()
    with pytest.raises(TokenInvalidError):
        JwtTokenIssuer(ring).read(old)


def _newest_kid(directory: Path) -> str:
    return DirectoryKeyRing(directory).newest().kid


def test_processes_that_start_at_once_agree_on_the_first_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        kids = pool.map(_newest_kid, [tmp_path / "keys"] * 4, chunksize=1)
    assert len(set(kids)) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["0001.pem"]


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    DirectoryKeyRing(tmp_path)
    (tmp_path / "0001.pem").chmod(0o644)
    with pytest.raises(SigningKeyError, match="chmod 600"):
        DirectoryKeyRing(tmp_path)


def test_keys_from_settings() -> None:
    pem = KEY.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert SigningKey.from_pem(pem).kid == KEY.kid
    secret = "0123456789abcdef" * 2
    assert SigningKey.from_secret(secret).kid == SigningKey.from_secret(secret).kid
    assert SigningKey.from_secret(secret).kid != SigningKey.from_secret(secret + "x").kid
    assert SigningKey.from_secret(secret).derive(b"a") != SigningKey.from_secret(secret).derive(b"b")


def test_keys_that_are_none_are_refused() -> None:
    rsa = generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(SigningKeyError, match="Ed25519"):
        SigningKey.from_pem(rsa)
    with pytest.raises(SigningKeyError, match="PEM"):
        SigningKey.from_pem(b"no key")
    with pytest.raises(SigningKeyError, match="32"):
        SigningKey.from_secret("short")
    with pytest.raises(SigningKeyError, match="one"):
        FixedKeyRing([])


def test_refresh_tokens_are_random_and_their_succession_needs_the_secret() -> None:
    source = HmacRefreshTokenSource(FixedKeyRing([KEY]))
    stranger = HmacRefreshTokenSource(FixedKeyRing([SigningKey(Ed25519PrivateKey.generate())]))
    token = source.new()
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    assert source.new() != token
    assert source.successor(token) == source.successor(token) != token
    assert stranger.successor(token) != source.successor(token)
