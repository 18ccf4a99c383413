"""What is wrong with a request, field by field and in words, from pydantic's findings."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

# pydantic's words that a person who sent JSON would not understand.
_WORDS: Final = {
    "missing": "is required",
    "extra_forbidden": "is not a known field; remove it",
    "string_type": "must be a string",
    "string_unicode": "must be valid Unicode text",
    "model_attributes_type": "must be a JSON object; send one with Content-Type: application/json",
    "dict_type": "must be a JSON object",
    "list_type": "must be a JSON array",
    "bool_parsing": "must be true or false",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "date_from_datetime_parsing": "must be a date such as 2026-10-31",
    "date_parsing": "must be a date such as 2026-10-31",
    "uuid_parsing": "must be a UUID",
    "uuid_type": "must be a UUID",
    "decimal_parsing": "must be a decimal number such as 1234.50",
    "json_invalid": "is not valid JSON",
}


def is_malformed(findings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the body could not be read at all, rather than hold a wrong value."""
    return any(finding["type"] == "json_invalid" for finding in findings)


def field_errors(findings: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """One `{field, message}` per finding. What was sent is not repeated: it may be a password."""
    return [{"field": _field(finding), "message": _message(finding)} for finding in findings]


def _field(finding: Mapping[str, Any]) -> str:
    location = [str(part) for part in finding["loc"]]
    if finding["type"] == "json_invalid":
        return "body"
    source, path = location[0], location[1:]
    return ".".join(path) if path else source


def _message(finding: Mapping[str, Any]) -> str:
    kind = str(finding["type"])
    if kind == "missing" and tuple(finding["loc"]) == ("body",):
        return "is required; send one with Content-Type: application/json"
    if kind in _WORDS:
        return _WORDS[kind]
    text = str(finding["msg"]).removeprefix("Value error, ")
    return f"must{text.removeprefix('Input should')}" if text.startswith("Input should ") else _lower_first(text)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
