import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.conversation.domain.conversation import title_of
from services.conversation.domain.question import parse_question, request_digest
from services.shared.domain.errors import InvalidInputError, TooLargeError
from services.shared.domain.idempotency import parse_idempotency_key
from services.shared.domain.ids import ConversationId, new_uuid


def test_a_question_loses_only_the_white_space_around_it() -> None:
    assert parse_question("\n  कितना खर्च\nहुआ? \t") == "कितना खर्च\nहुआ?"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u2003"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="must not be empty"):
        parse_question(text)


def test_the_bound_is_in_the_error() -> None:
    assert len(parse_question(" " * 50 + "x" * 8_000)) == 8_000
    with pytest.raises(TooLargeError, match="at most 8,000 characters; this one has 100,000") as caught:
        parse_question("x" * 100_000)
    assert caught.value.extra == {"limit": 8_000, "length": 100_000}


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d of a pair"])
def test_text_that_no_store_can_hold_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="not text"):
        parse_question(text)


@pytest.mark.parametrize("key", ["", "k" * 256, "ключ", "a\nb"])
def test_a_key_must_fit_a_header(key: str) -> None:
    with pytest.raises(InvalidInputError, match="1 to 255 printable ASCII"):
        parse_idempotency_key(key)


def test_the_digest_tells_requests_apart() -> None:
    here, there = ConversationId(new_uuid()), ConversationId(new_uuid())
    digests = {request_digest(place, text) for place in (None, here, there) for text in ("a", "b")}
    assert len(digests) == 6
    assert request_digest(here, "a") == request_digest(ConversationId(here), "a")


@given(st.text(min_size=1))
def test_a_title_is_one_short_line(question: str) -> None:
    title = title_of(question)
    assert len(title) <= 60
    assert title == " ".join(title.split())


def test_a_title_is_the_beginning_of_the_question() -> None:
    assert title_of("How much did\nI spend?") == "How much did I spend?"
    assert title_of("word " * 40) == ("word " * 12).strip()
