"""Where webhooks may lead, how they are signed, and when they are tried again."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.conversation.domain.webhooks.addresses import may_be_reached
from services.conversation.domain.webhooks.delivery import (
    JITTER_PERCENT,
    MAX_ATTEMPTS,
    Answer,
    Delivery,
    DeliveryId,
    DeliveryState,
)
from services.conversation.domain.webhooks.errors import WebhookUrlError
from services.conversation.domain.webhooks.signature import signed_headers
from services.conversation.domain.webhooks.webhook import (
    OLD_SECRET_LIVES,
    SUBSCRIBABLE,
    Webhook,
    WebhookEvent,
    parse_events,
    parse_url,
)
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import EventId, UserId, new_uuid

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def webhook() -> Webhook:
    return Webhook.register(UserId(new_uuid()), "https://hooks.example.com/", frozenset(SUBSCRIBABLE), NOW)


def delivery() -> Delivery:
    hook = webhook()
    return Delivery(
        id=DeliveryId(new_uuid()),
        webhook_id=hook.id,
        user_id=hook.user_id,
        event_id=EventId(new_uuid()),
        event=WebhookEvent.RUN_COMPLETED,
        body="{}",
        created_at=NOW,
        next_attempt_at=NOW,
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.com/nivesh?x=1",
        "https://hooks.example.com:8443",
        "https://8.8.8.8/hook",
        "https://[2606:4700::1111]/",
        "HTTPS://Hooks.Example.Com/",
    ],
)
def test_addresses_that_can_be_registered(url: str) -> None:
    assert parse_url(url, loopback=False) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "hooks.example.com",
        "https://",
        "https:///path",
        "https://user:secret@hooks.example.com/",
        "https://hooks.example.com/#part",
        "https://hooks.example.com:99999/",
        "https://hooks example.com/",
        "https://hooks.example.com/\r\nhost: other",
        "https://[::1/",
        "https://पैसा.example/",
        "https://" + "x" * 2_000,
        "https://localhost/",
        "https://api.localhost/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/",
        "https://[fd00:ec2::254]/",
        "http://127.0.0.1/",
    ],
)
def test_addresses_that_cannot(url: str) -> None:
    with pytest.raises(WebhookUrlError):
        parse_url(url, loopback=False)


@pytest.mark.parametrize("url", ["http://localhost:8000/hook", "http://127.0.0.1:8000", "https://[::1]/"])
def test_loopback_by_leave_only(url: str) -> None:
    assert parse_url(url, loopback=True) == url
    with pytest.raises(WebhookUrlError):
        parse_url(url, loopback=False)


@pytest.mark.parametrize("url", ["http://hooks.example.com/", "http://10.0.0.1/", "https://192.168.1.1/"])
def test_leave_for_loopback_is_for_nothing_else(url: str) -> None:
    with pytest.raises(WebhookUrlError):
        parse_url(url, loopback=True)


@given(st.text(max_size=60))
def test_whatever_is_sent_is_taken_or_refused(text: str) -> None:
    with contextlib.suppress(WebhookUrlError):
        assert parse_url(f"https://{text}", loopback=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111"])
def test_public_addresses(address: str) -> None:
    assert may_be_reached(ip_address(address), loopback=False)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2001:0:a00:1::",
        "2002:a00:1::",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not may_be_reached(ip_address(address), loopback=False)


@pytest.mark.parametrize("names", [[], ["run.completed", "everything"], ["webhook.test"]])
def test_events_that_cannot_be_subscribed_to(names: list[str]) -> None:
    with pytest.raises(InvalidInputError, match=r"run\.completed"):
        parse_events(names)


def test_the_signature_is_the_one_of_the_reference_libraries() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    body, secret = b'{"test": 2432232314}', "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    assert signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", body, [secret], at) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_after_a_rotation_both_secrets_sign_for_a_day() -> None:
    before = webhook()
    rotated = before.rotated(NOW)

    assert rotated.secret != before.secret
    assert rotated.secrets(NOW) == (rotated.secret, before.secret)
    assert rotated.secrets(NOW + OLD_SECRET_LIVES) == (rotated.secret,)


def test_a_webhook_is_told_what_it_wants_and_tests() -> None:
    hook = Webhook.register(UserId(new_uuid()), "https://a.example", parse_events(["run.failed"]), NOW)

    assert [event for event in WebhookEvent if hook.wants(event)] == [WebhookEvent.RUN_FAILED, WebhookEvent.TEST]
    assert not any(hook.disabled(NOW).wants(event) for event in WebhookEvent)


def test_attempts_are_spread_over_most_of_a_day_and_end() -> None:
    tried, now = delivery(), NOW
    while tried.next_attempt_at is not None:
        now = tried.next_attempt_at
        tried = tried.attempted(Answer(503), now)

    assert (tried.state, tried.attempts) == (DeliveryState.DEAD, MAX_ATTEMPTS)
    assert tried.last_error == "The receiver answered 503."
    assert timedelta(hours=18) < now - NOW < timedelta(hours=24)


def test_the_next_attempt_is_off_by_a_fifth_at_most() -> None:
    spread = {delivery().attempted(Answer(500), NOW, percent).next_attempt_at for percent in JITTER_PERCENT}

    assert len(spread) > 20
    assert all(one is not None and timedelta(seconds=4) <= one - NOW <= timedelta(seconds=6) for one in spread)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_success_is_one(status: int) -> None:
    done = delivery().attempted(Answer(status), NOW)

    assert (done.state, done.last_status, done.last_error) == (DeliveryState.DELIVERED, status, None)
    assert done.next_attempt_at is None


def test_gone_ends_it_at_once() -> None:
    gone = delivery().attempted(Answer(410), NOW)

    assert (gone.state, gone.attempts) == (DeliveryState.DEAD, 1)
