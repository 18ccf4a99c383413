import pytest
from starlette.responses import PlainTextResponse

from api.middleware.security_headers import SecurityHeaders
from tests.unit.api.middleware.calls import client_of


async def test_every_response_tells_browsers_to_distrust() -> None:
    async with client_of(SecurityHeaders(PlainTextResponse("ok"))) as client:
        headers = (await client.get("/api/v1/anything")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


async def test_the_documentation_page_may_load_its_scripts() -> None:
    async with client_of(SecurityHeaders(PlainTextResponse("ok"))) as client:
        policy = (await client.get("/docs")).headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline' https://cdn.jsdelivr.net" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("setting", "scheme", "sent"),
    [
        (None, "http", False),
        (None, "https", True),
        (True, "http", True),
        (False, "https", False),
    ],
)
async def test_strict_transport_security(setting: bool | None, scheme: str, sent: bool) -> None:
    async with client_of(SecurityHeaders(PlainTextResponse("ok"), hsts=setting), scheme=scheme) as client:
        assert ("strict-transport-security" in (await client.get("/")).headers) is sent


async def test_what_a_response_says_itself_stays() -> None:
    response = PlainTextResponse("ok", headers={"Cache-Control": "max-age=60"})
    async with client_of(SecurityHeaders(response)) as client:
        assert (await client.get("/")).headers.get_list("cache-control") == ["max-age=60"]
