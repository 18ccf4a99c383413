"""firebase-admin itself, with certificates that the test serves in Google's place."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from services.shared.domain.errors import UnavailableError
from services.user.domain.errors import SignInNotConfiguredError, TokenInvalidError
from services.user.infrastructure.firebase_verifier import (
    FirebaseVerifier,
    NoProvider,
    UnsafeFirebaseSettingsError,
    refuse_emulator,
)

PROJECT = "nivesh-test"
GOOGLE = generate_private_key(65537, 2048)


def certificate(key: RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "securetoken")])
    moment = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .sign(key, SHA256())
        .public_bytes(Encoding.PEM)
        .decode()
    )


class CertificateServer:
    """Serves the certificates from loopback as Google does, counting requests; or fails."""

    def __init__(self) -> None:
        self.requests = 0
        self.is_down = False
        body = json.dumps({"k1": certificate(GOOGLE)}).encode()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests += 1
                self.send_response(503 if outer.is_down else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Cache-Control", "public, max-age=3600")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def certificates(monkeypatch: pytest.MonkeyPatch) -> Iterator[CertificateServer]:
    certificates = CertificateServer()
    monkeypatch.delenv("FIREBASE_AUTH_EMULATOR_HOST", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    url = f"http://127.0.0.1:{certificates.server.server_port}/certificates"
    monkeypatch.setattr("firebase_admin._token_gen.ID_TOKEN_CERT_URI", url)
    thread = threading.Thread(target=certificates.server.serve_forever, args=(0.01,))
    thread.start()
    yield certificates
    certificates.server.shutdown()
    thread.join()
    certificates.server.server_close()


def id_token(key: RSAPrivateKey = GOOGLE, **changes: object) -> str:
    moment = int(time.time())
    payload: dict[str, Any] = {
        "iss": f"https://securetoken.google.com/{PROJECT}",
        "aud": PROJECT,
        "sub": "firebase-uid-1",
        "iat": moment - 10,
        "exp": moment + 3600,
        "auth_time": moment - 10,
        "email": "asha@example.in",
        "email_verified": True,
        "name": "Asha Rao",
    }
    return jwt.encode(payload | changes, key, "RS256", headers={"kid": "k1"})


async def test_a_signed_token_names_the_person(certificates: CertificateServer) -> None:
    identity = await FirebaseVerifier(PROJECT).verify(id_token())
    assert (identity.provider, identity.subject) == ("firebase", "firebase-uid-1")
    assert identity.signed_in_at is not None
    assert 10 <= (datetime.now(UTC) - identity.signed_in_at).total_seconds() < 60
    assert (identity.email, identity.email_verified, identity.name) == ("asha@example.in", True, "Asha Rao")


async def test_certificates_are_fetched_once_for_their_lifetime(certificates: CertificateServer) -> None:
    verifier = FirebaseVerifier(PROJECT)
    for _ in range(3):
        await verifier.verify(id_token())
    assert certificates.requests == 1


@pytest.mark.parametrize("value", ["true", 1, None, False])
async def test_only_a_plain_true_verifies_an_email(certificates: CertificateServer, value: object) -> None:
    identity = await FirebaseVerifier(PROJECT).verify(id_token(email_verified=value))
    assert not identity.email_verified


async def test_forged_expired_and_foreign_tokens_are_refused(certificates: CertificateServer) -> None:
    verifier = FirebaseVerifier(PROJECT)
    past = int(time.time()) - 7200
    unsigned = jwt.encode({"sub": "x", "aud": PROJECT}, "", "none", headers={"kid": "k1"})
    for token in (
        id_token(generate_private_key(65537, 2048)),
        id_token(iat=past, exp=past + 60),
        id_token(aud="another-project"),
        id_token(iss="https://securetoken.google.com/another"),
        id_token(sub=""),
        unsigned,
        "no token",
        "",
    ):
        with pytest.raises(TokenInvalidError):
            await verifier.verify(token)


async def test_without_certificates_it_is_unavailable_and_not_invalid(certificates: CertificateServer) -> None:
    certificates.is_down = True
    with pytest.raises(UnavailableError):
        await FirebaseVerifier(PROJECT).verify(id_token())


async def test_the_emulator_is_refused_outside_development(
    certificates: CertificateServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier = FirebaseVerifier(PROJECT)
    refuse_emulator()
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9099")
    with pytest.raises(UnsafeFirebaseSettingsError, match="unsigned"):
        refuse_emulator()
    with pytest.raises(UnsafeFirebaseSettingsError):
        FirebaseVerifier(PROJECT)
    with pytest.raises(UnsafeFirebaseSettingsError):
        await verifier.verify(id_token())
    unsigned = jwt.encode(
        {"iss": f"https://securetoken.google.com/{PROJECT}", "aud": PROJECT, "sub": "anyone"}, "", "none"
    )
    identity = await FirebaseVerifier(PROJECT, development=True).verify(unsigned)
    assert identity.subject == "anyone", "which is why it is refused elsewhere"


async def test_without_a_project_signing_in_is_not_configured() -> None:
    with pytest.raises(SignInNotConfiguredError):
        await NoProvider().verify("t")
