from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.shared.domain.ids import UserId, new_uuid
from services.user.domain.email import Email
from services.user.domain.errors import InvalidFieldError
from services.user.domain.password import Password, choose_password
from services.user.domain.person_name import PersonName
from services.user.domain.refresh_token import GRACE, LIFETIME, RefreshToken, SessionId, Use
from services.user.domain.roles import Role, scopes_of
from tests.unit.services.user.fakes import START

ASHA = Email("asha@example.in")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Asha.Rao+bank@Example.IN", "asha.rao+bank@example.in"),
        ("  asha@example.in\n", "asha@example.in"),
        ("o'brien@sub.example.co.in", "o'brien@sub.example.co.in"),
        ("demo@nivesh.local", "demo@nivesh.local"),
        ("JOSE\u0301@example.in", "jos\u00e9@example.in"),
        ("राम@उदाहरण.भारत", "राम@उदाहरण.भारत"),
    ],
)
def test_an_email_has_one_normal_form(text: str, normal: str) -> None:
    assert Email(text).address == normal
    assert Email(normal) == Email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "asha",
        "asha@",
        "@example.in",
        "asha@example",
        "a b@example.in",
        "asha@exa mple.in",
        "asha@@example.in",
        ".asha@example.in",
        "asha.@example.in",
        "a..b@example.in",
        "asha@-example.in",
        "asha@example-.in",
        "asha@example..in",
        "asha@[127.0.0.1]",
        '"a b"@example.in',
        "asha@example.in\x00",
        "as\x00ha@example.in",
        "\ud800@example.in",
        "asha@example.in,b@example.in",
        "a" * 65 + "@example.in",
        "a@" + "b." * 130 + "in",
        "a@" + "b" * 64 + ".in",
    ],
)
def test_what_is_no_email_is_refused_with_its_field(text: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        Email(text)
    assert "email" in str(caught.value.extra["errors"])


@given(st.text(max_size=300))
def test_any_text_is_an_email_in_normal_form_or_a_clear_error(text: str) -> None:
    try:
        email = Email(text)
    except InvalidFieldError:
        return
    assert Email(email.address) == email
    assert len(email.address.encode()) <= 254


def test_names_keep_every_script_and_collapse_white_space() -> None:
    assert str(PersonName("  Asha \t Devi ", " Rao ")) == "Asha Devi Rao"
    assert PersonName("क्\u200dष", "").first == "क्\u200dष"
    assert str(PersonName("Madonna")) == "Madonna"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("", "Rao", "first_name"),
        ("  ", "Rao", "first_name"),
        ("a\x00b", "Rao", "first_name"),
        ("Asha", "\ud800", "last_name"),
        ("x" * 101, "", "first_name"),
        ("Asha", "x" * 101, "last_name"),
    ],
)
def test_names_that_cannot_be_are_refused_with_their_field(first: str, last: str, field: str) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        PersonName(first, last)
    assert f"'field': '{field}'" in str(caught.value.extra["errors"])


@pytest.mark.parametrize("secret", ["8 chars!", "x" * 128, "पासवर्ड है"])
def test_the_bounds_of_a_password_are_allowed(secret: str) -> None:
    assert choose_password(secret, ASHA).secret


@pytest.mark.parametrize("secret", ["", "7 chars", "x" * 129, "asha@example.in", "Asha@Example.IN ", "half a \ud800"])
def test_passwords_against_the_policy_are_refused(secret: str) -> None:
    with pytest.raises(InvalidFieldError, match="password"):
        choose_password(secret, ASHA)


def test_a_password_is_the_same_however_it_is_composed_and_never_shown() -> None:
    assert Password("cafe\u0301 long enough") == Password("caf\u00e9 long enough")
    assert "secret" not in repr(Password("my secret"))


def test_every_role_may_use_its_own_data_and_only_admins_administer() -> None:
    assert {"finance:read", "goals:write", "chat:write", "profile:read"} <= scopes_of([Role.USER])
    assert "admin" not in scopes_of([Role.USER])
    assert scopes_of([Role.ADMIN]) > scopes_of([Role.USER])
    assert scopes_of([]) == frozenset()


def token() -> RefreshToken:
    return RefreshToken.first(SessionId(new_uuid()), UserId(new_uuid()), b"hash", START)


@given(st.integers(0, 10**9))
def test_a_token_is_current_until_it_runs_out(seconds: int) -> None:
    moment = START + timedelta(seconds=seconds)
    assert token().use(moment) is (Use.FIRST if moment < START + LIFETIME else Use.DEAD)


@given(st.integers(0, 3600))
def test_a_used_token_may_be_repeated_within_the_grace_only(seconds: int) -> None:
    used = token().used(START)
    expected = Use.REPEATED if timedelta(seconds=seconds) <= GRACE else Use.REUSED
    assert used.use(START + timedelta(seconds=seconds)) is expected


def test_a_successor_stays_in_its_family_and_lives_anew() -> None:
    first = token()
    later = START + timedelta(days=3)
    following = first.successor(b"next", later)
    assert (following.session_id, following.user_id) == (first.session_id, first.user_id)
    assert following.expires_at == later + LIFETIME
    assert following.id != first.id
