"""Bad input gets a clear problem with the right status, and changes nothing."""

from __future__ import annotations

import base64
import json

import httpx
import psutil
import pytest

from tests.support.client import Person
from tests.support.server import Server

MIB = 2**20
GOOD_HEADER = b"Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance\n"
GOOD_LINE = b"01/10/26,UPI-ZOMATO-zomato@ybl-UTIB0000553-833801412690-NA,0000976894230584,01/10/26,871.00,,62307.90\n"


def problem(response: httpx.Response, status: int, code: str) -> dict[str, object]:
    """The body, checked to be a complete RFC 9457 problem."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = response.json()
    assert body["code"] == code
    assert body["status"] == status
    assert body["type"] == f"urn:nivesh:problem:{code}"
    assert len(str(body["detail"])) > 20
    return body


@pytest.fixture
def account(stranger: Person) -> str:
    return stranger.open_account("savings", "Salary", "HDFC Bank")


def transactions(person: Person) -> list[object]:
    listed = person.http.get("/transactions")
    assert listed.status_code == 200
    return list(listed.json()["transactions"])


def test_a_pdf_renamed_to_csv_is_named_for_what_it_is(stranger: Person, account: str) -> None:
    response = stranger.upload(account, "statement.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    assert "PDF" in str(problem(response, 415, "unsupported-format")["detail"])
    assert transactions(stranger) == []


def test_an_empty_file_is_refused(stranger: Person, account: str) -> None:
    problem(stranger.upload(account, "statement.csv", b""), 422, "invalid-input")
    assert transactions(stranger) == []


def test_a_wrong_date_stops_the_whole_file_and_names_its_line(stranger: Person, account: str) -> None:
    content = GOOD_HEADER + GOOD_LINE + GOOD_LINE.replace(b"01/10/26", b"32/13/26")
    body = problem(stranger.upload(account, "statement.csv", content), 422, "statement-rejected")
    rejected = body["rejected"]
    assert isinstance(rejected, list)
    assert [line["line"] for line in rejected] == [3]
    assert "32/13/26" in rejected[0]["reason"]
    assert transactions(stranger) == []


def test_partial_keeps_the_good_lines_and_lists_the_others(stranger: Person, account: str) -> None:
    content = GOOD_HEADER + GOOD_LINE + GOOD_LINE.replace(b"01/10/26", b"32/13/26")
    response = stranger.upload(account, "statement.csv", content, partial="true")
    assert response.status_code == 200
    assert response.json()["imported"] == 1
    assert [line["line"] for line in response.json()["rejected"]] == [3]
    assert len(transactions(stranger)) == 1


def test_an_upload_of_a_gigabyte_is_refused_and_never_held(server: Server, stranger: Person, account: str) -> None:
    assert server.process is not None
    stranger.ask("What is my net worth?")  # What answers is loaded after the start, and would be counted.
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(1024 * MIB)}
    gigabyte = (bytes(MIB) for _ in range(1024))
    response = stranger.http.post(f"/accounts/{account}/imports", content=gigabyte, headers=headers)
    problem(response, 413, "body-too-large")
    assert process.memory_info().rss - before < 64 * MIB
    assert transactions(stranger) == []


def test_a_question_of_100_000_characters_is_refused(stranger: Person) -> None:
    response = stranger.http.post("/chat", json={"message": "why " * 25_000})
    assert "8,000" in str(problem(response, 413, "too-large")["detail"])
    assert stranger.http.get("/conversations").json()["conversations"] == []


@pytest.mark.parametrize("message", ["", "   ", "\n\t"])
def test_an_empty_question_is_refused(stranger: Person, message: str) -> None:
    problem(stranger.http.post("/chat", json={"message": message}), 422, "invalid-input")


def test_another_persons_account_does_not_exist(asha: Person, stranger: Person) -> None:
    other = asha.accounts["hdfc"]
    for response in (
        stranger.http.get(f"/accounts/{other}"),
        stranger.upload(other, "statement.csv", GOOD_HEADER + GOOD_LINE),
        stranger.http.get("/transactions", params={"account_id": other}),
        stranger.http.post("/tools/search_transactions", json={"account_id": other}),
    ):
        problem(response, 404, "account-not-found")


def test_another_persons_conversation_and_run_do_not_exist(asha: Person, stranger: Person) -> None:
    answer = asha.ask("What is my net worth?")
    conversation, run = answer.headers["x-conversation-id"], answer.headers["x-run-id"]
    problem(stranger.http.get(f"/conversations/{conversation}"), 404, "conversation-not-found")
    problem(
        stranger.http.post("/chat", json={"message": "hello", "conversation_id": conversation}),
        404,
        "conversation-not-found",
    )
    problem(stranger.http.get(f"/runs/{run}/events"), 404, "run-not-found")


def test_without_a_token_everything_is_closed(server: Server) -> None:
    with httpx.Client(base_url=f"{server.url}/api/v1") as nobody:
        for path in (
            "/users/me",
            "/accounts",
            "/transactions",
            "/finance/net-worth",
            "/goals",
            "/conversations",
            "/tools",
        ):
            response = nobody.get(path)
            problem(response, 401, "unauthenticated")
            assert response.headers["www-authenticate"].startswith("Bearer")


def test_a_forged_token_is_refused(server: Server, stranger: Person) -> None:
    header, payload, signature = stranger.http.headers["Authorization"].split()[1].split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    claims["sub"] = "0198c0de-0000-7000-8000-000000000000"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    for token in (f"{header}.{forged}.{signature}", f"{header}.{payload}.", "nonsense"):
        response = httpx.get(f"{server.url}/api/v1/users/me", headers={"Authorization": f"Bearer {token}"})
        problem(response, 401, "token-invalid")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/finance/summary", {"month": "2026-13"}),
        ("/finance/summary", {"month": "last"}),
        ("/finance/spending", {"from": "2026-02-30", "to": "2026-03-01"}),
        ("/finance/spending", {"from": "2026-03-02", "to": "2026-03-01"}),
        ("/transactions", {"cursor": "nonsense"}),
        ("/transactions", {"limit": "0"}),
        ("/transactions", {"category": "fun"}),
    ],
)
def test_wrong_queries_name_what_is_wrong(stranger: Person, path: str, query: dict[str, str]) -> None:
    body = problem(stranger.http.get(path, params=query), 422, "invalid-input")
    assert any(name in f"{body['detail']} {body.get('errors')}" for name in query)


def test_bodies_that_are_no_json_or_have_unknown_fields(stranger: Person) -> None:
    headers = {"Content-Type": "application/json"}
    problem(stranger.http.post("/goals", content=b"{nope", headers=headers), 400, "malformed")
    wrong = stranger.http.post("/accounts", json={"account_type": "savings", "name": "A", "institution": "B", "x": 1})
    body = problem(wrong, 422, "invalid-input")
    assert "x" in json.dumps(body["errors"])
    problem(stranger.http.get("/nowhere"), 404, "not-found")
    problem(stranger.http.put("/accounts"), 405, "method-not-allowed")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/openai/v1/chat/completions", {"model": "nivesh", "messages": [{"role": "assistant", "content": "\ud800"}]}),
        ("/api/v1/chat/ag-ui", {"threadId": "\ud800", "runId": "r", "messages": []}),
        ("/api/v1/chat/ag-ui", {"threadId": "t", "runId": "\ud800", "messages": []}),
    ],
)
def test_half_a_surrogate_pair_is_no_text_in_any_protocol(
    path: str, body: dict[str, object], server: Server, stranger: Person
) -> None:
    response = stranger.http.post(
        f"{server.url}{path}", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert "not text" in str(problem(response, 422, "invalid-input")["detail"])


@pytest.mark.parametrize("body", [b'{"message": "\xe9"}', b"[" * 100_000, b'{"message": ' + b"9" * 5000 + b"}"])
def test_a_body_that_cannot_be_read_is_said_to_be_no_json(body: bytes, stranger: Person) -> None:
    response = stranger.http.post("/chat", content=body, headers={"content-type": "application/json"})
    assert "valid JSON" in str(problem(response, 400, "malformed")["detail"])
