"""What is sent where: names are judged by what they lead to, and nothing waits for ever."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.conversation.domain.webhooks.addresses import Address
from services.conversation.infrastructure.webhooks import http_sender
from services.conversation.infrastructure.webhooks.http_sender import HttpWebhookSender
from tests.support.receiver import Receiver, receiver

NAME = "hooks.example.com"


class Names:
    """A resolver whose every answer the test knows, in order; the last one stays."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        answer = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        return [ip_address(one) for one in answer]


@pytest.fixture
def certified(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The two ends of TLS for a certificate of `hooks.example.com` alone."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "both.pem").write_bytes(private + certificate)
    listening = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    listening.load_cert_chain(tmp_path / "both.pem")
    return listening, ssl.create_default_context(cadata=certificate.decode())


async def test_the_address_that_was_judged_is_the_one_connected_to(
    certified: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    """The name is asked for once; certificate and Host are the name's."""
    listening, calling = certified
    with receiver(listening) as receiving:
        url = receiving.url.replace("127.0.0.1", NAME)
        names = Names(["127.0.0.1"], ["10.0.0.1"])
        sender = HttpWebhookSender(loopback=True, resolve=names, tls=calling)
        answer = await sender.post(url, b"{}", {"webhook-id": "1"})

        assert (answer.status, names.asked) == (200, 1)
        assert receiving.next().headers["host"] == httpx2.URL(url).netloc.decode()


async def test_a_certificate_of_another_name_is_refused(
    certified: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    listening, calling = certified
    with receiver(listening) as receiving:
        url = receiving.url.replace("127.0.0.1", "other.example.com")
        sender = HttpWebhookSender(loopback=True, resolve=Names(["127.0.0.1"]), tls=calling)
        answer = await sender.post(url, b"{}", {})

        assert answer.status is None
        assert "certificate" in str(answer.reason)
        assert receiving.requests.empty()


async def test_the_next_address_is_tried_when_one_is_not_there(receiving: Receiver) -> None:
    sender = HttpWebhookSender(loopback=True, resolve=Names(["127.0.0.2", "127.0.0.1"]))
    answer = await sender.post(receiving.url.replace("127.0.0.1", NAME), b"{}", {})

    assert answer.is_success
    assert receiving.requests.qsize() == 1


@pytest.mark.parametrize(
    "found",
    [["10.0.0.1"], ["169.254.169.254"], ["8.8.8.8", "192.168.0.1"], ["::ffff:127.0.0.1"], ["127.0.0.1"], []],
)
async def test_names_that_lead_inside_are_refused(found: list[str], receiving: Receiver) -> None:
    sender = HttpWebhookSender(loopback=False, resolve=Names(found))
    answer = await sender.post(receiving.url.replace("http://127.0.0.1", f"https://{NAME}"), b"{}", {})

    assert answer.status is None
    assert "not public" in str(answer.reason)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f.1", "[::1]"])  # noqa: S104
async def test_this_machine_is_refused_by_any_name(host: str, receiving: Receiver) -> None:
    url = receiving.url.replace("127.0.0.1", host)
    for scheme in ("http", "https"):
        answer = await HttpWebhookSender(loopback=False).post(url.replace("http", scheme, 1), b"{}", {})
        assert answer.status is None
    assert receiving.requests.empty()


async def test_without_tls_only_this_machine_is_reached() -> None:
    sender = HttpWebhookSender(loopback=True, resolve=Names(["8.8.8.8"]))
    answer = await sender.post("http://hooks.example.com/", b"{}", {})

    assert "not public" in str(answer.reason)


async def test_a_proxy_of_the_environment_is_passed_over(receiving: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        answer = await HttpWebhookSender(loopback=True).post(receiving.url, b"{}", {})

        assert answer.is_success
        assert proxy.requests.empty()


async def test_a_receiver_that_hangs_is_left(receiving: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_sender, "_DEADLINE_S", 0.2)
    receiving.hold.clear()
    answer = await HttpWebhookSender(loopback=True).post(receiving.url, b"{}", {})

    assert answer.status is None
    assert "did not answer" in str(answer.reason)


async def test_an_answer_is_not_read_further_than_its_head() -> None:
    """A body without end does not hold it up."""

    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                writer.write(b"x" * 65_536)
                await writer.drain()
        except ConnectionError:
            writer.close()

    async with await asyncio.start_server(flood, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        answer = await HttpWebhookSender(loopback=True).post(f"http://127.0.0.1:{port}/", b"{}", {})

        assert answer.is_success


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://no-such-name.invalid/"])
async def test_what_cannot_be_reached_is_an_answer(url: str) -> None:
    answer = await HttpWebhookSender(loopback=True).post(url, b"{}", {})

    assert answer.status is None
    assert answer.reason
