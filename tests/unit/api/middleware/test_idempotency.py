"""What becomes of a request with a key whose body never came whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from api.middleware.idempotency import Idempotency
from services.shared.application.effect_ledger import EffectKey, Outcome
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from tests.unit.api.middleware.calls import body_part, exchange, http_scope

CUT = [body_part(b"2026-10-01,Salary,90000\n", more=True), {"type": "http.disconnect"}]


class _NoLedger:
    async def once(self, key: EffectKey, work: Callable[[], Awaitable[bytes]], *, wait: bool = False) -> Outcome:
        raise AssertionError("what did not come whole is no request to remember")

    async def forget_old(self) -> int:
        return 0


async def _known(_: Headers) -> Identity:
    return Identity(UserId(new_uuid()))


async def test_a_body_that_was_cut_is_not_taken_for_a_whole_one() -> None:
    seen: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.extend([await receive(), await receive()])

    middleware = Idempotency(app, ledger=_NoLedger(), identify=_known, paths="^/")
    await exchange(middleware, http_scope("/imports", "POST", [("Idempotency-Key", "a-key-of-the-callers")]), CUT)
    assert seen == CUT
