"""Prometheus metrics of the HTTP side."""

import time
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.asgi import route_template

_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class HttpMetrics:
    """The collectors of one app, on `registry`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.requests = Counter(
            "nivesh_http_requests", "Requests answered.", ("method", "route", "status"), registry=registry
        )
        self.first_byte = Histogram(
            "nivesh_http_response_start_seconds",
            "From the request's arrival to the response's first byte.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=registry,
        )
        self.duration = Histogram(
            "nivesh_http_request_duration_seconds",
            "From the request's arrival to the response's end; of a stream, its whole length.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=registry,
        )
        self.in_flight = Gauge("nivesh_http_requests_in_flight", "Requests being answered.", registry=registry)


class CountRequests:
    """Middleware that fills HttpMetrics, by route template, so that the number of series stays bounded."""

    def __init__(self, app: ASGIApp, *, metrics: HttpMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count and time one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status, first_byte = 500, 0.0

        async def timed_send(message: Message) -> None:
            nonlocal status, first_byte
            if message["type"] == "http.response.start":
                status, first_byte = message["status"], time.perf_counter() - began
            await send(message)

        self._metrics.in_flight.inc()
        try:
            await self._app(scope, receive, timed_send)
        finally:
            self._metrics.in_flight.dec()
            self._record(scope, status, first_byte, time.perf_counter() - began)

    def _record(self, scope: Scope, status: int, first_byte: float, duration: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route = route_template(scope)
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.first_byte.labels(method, route).observe(first_byte)
        self._metrics.duration.labels(method, route).observe(duration)
