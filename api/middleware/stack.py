"""The order of the middleware, in one place."""

from collections.abc import Sequence
from typing import Final

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.metrics import CountRequests, HttpMetrics
from api.middleware.access_log import AccessLog
from api.middleware.admission import Admission, Admit
from api.middleware.body_limit import MIB, BodyLimit
from api.middleware.compression import Compression
from api.middleware.idempotency import Idempotency, Identify
from api.middleware.rate_limit import RateLimit, RateLimiter
from api.middleware.request_context import RequestContext
from api.middleware.security_headers import SecurityHeaders
from api.middleware.unexpected_errors import UnexpectedErrors
from services.shared.application.effect_ledger import EffectLedger

_ALLOWED_HEADERS: Final = ("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-ID")
# Chat and tools have keys of their own, as has all outside of the API's prefix: their work goes on in tasks that the
# request's transaction would hide its beginning from. Nobody is known yet while logging in. A cancelled run is
# closed where it is worked on, and closed once whatever the key.
_IDEMPOTENT_PATHS: Final = r"^/api/v1/(?!auth/|chat|tools|runs/[^/]+/cancel)"
_EXPOSED_HEADERS: Final = (
    "X-Request-ID",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "Retry-After",
    "Idempotency-Replayed",
    "x-vercel-ai-ui-message-stream",
)


def install_middleware(
    app: FastAPI,
    *,
    metrics: HttpMetrics,
    limiter: RateLimiter | None,
    ledger: EffectLedger | None = None,
    identify: Identify | None = None,
    admit: Admit | None = None,
    cors_origins: Sequence[str] = (),
    hsts: bool | None = None,
    body_limit: int = MIB,
    upload_limit: int = 64 * MIB,
    upload_paths: str = r"/imports$",
) -> None:
    """Wrap the app, from the inside out; what is added last runs first.

    The rate limit stands inside CORS, so that browsers may read a 429, and before the body is read. Without `limiter`
    there is no limit, without `ledger` and `identify` no Idempotency-Key, without `admit` no waiting for one's turn;
    without `cors_origins` no other origin's page may call.
    """
    if ledger is not None and identify is not None:
        app.add_middleware(Idempotency, ledger=ledger, identify=identify, paths=_IDEMPOTENT_PATHS)
    if admit is not None:
        app.add_middleware(Admission, admit=admit)
    app.add_middleware(UnexpectedErrors)
    app.add_middleware(BodyLimit, limit=body_limit, upload_limit=upload_limit, upload_paths=upload_paths)
    if limiter is not None:
        app.add_middleware(RateLimit, limiter=limiter)
    app.add_middleware(Compression)
    if cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(cors_origins),
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=list(_ALLOWED_HEADERS),
            expose_headers=list(_EXPOSED_HEADERS),
            max_age=600,
        )
    app.add_middleware(SecurityHeaders, hsts=hsts)
    app.add_middleware(CountRequests, metrics=metrics)
    app.add_middleware(AccessLog)
    app.add_middleware(RequestContext)
