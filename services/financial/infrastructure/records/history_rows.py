"""Versions of transactions: JSON to value objects and back, without loss."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.history import Actor, Change, TransactionState, TransactionVersion
from services.financial.domain.records.own_category import OwnCategoryRef
from services.financial.domain.records.parts import Part
from services.financial.domain.transaction import CategorySource
from services.shared.domain.events import to_json
from services.shared.domain.ids import AccountId
from services.shared.domain.money import Money


def version_values(version: TransactionVersion) -> dict[str, Any]:
    """The row of a version."""
    values = {field.name: getattr(version, field.name) for field in dataclasses.fields(version)}
    return values | {
        "change": version.change.value,
        "actor": version.actor.value,
        "before": None if version.before is None else to_json(version.before),
        "after": None if version.after is None else to_json(version.after),
    }


def to_version(row: RowMapping) -> TransactionVersion:
    """The version in a row."""
    return TransactionVersion(
        **dict(row)
        | {
            "change": Change(row["change"]),
            "actor": Actor(row["actor"]),
            "before": _state(row["before"]),
            "after": _state(row["after"]),
        }
    )


def _state(stored: Mapping[str, Any] | None) -> TransactionState | None:
    if stored is None:
        return None
    return TransactionState(
        account_id=AccountId(UUID(stored["account_id"])),
        booked_on=date.fromisoformat(stored["booked_on"]),
        amount=_money(stored["amount"]),
        narration=stored["narration"],
        payee=stored["payee"],
        reference=stored["reference"],
        category=Category(stored["category"]),
        category_source=CategorySource(stored["category_source"]),
        rule_id=stored["rule_id"],
        own_category=_ref(stored["own_category"]),
        note=stored["note"],
        tags=tuple(stored["tags"]),
        parts=tuple(_part(part) for part in stored["parts"]),
    )


def _part(stored: Mapping[str, Any]) -> Part:
    return Part(
        amount=_money(stored["amount"]),
        category=Category(stored["category"]),
        own_category=_ref(stored["own_category"]),
        note=stored["note"],
    )


def _money(stored: Mapping[str, str]) -> Money:
    return Money(Decimal(stored["amount"]), stored["currency"])


def _ref(stored: Mapping[str, str] | None) -> OwnCategoryRef | None:
    return None if stored is None else OwnCategoryRef(OwnCategoryId(UUID(stored["id"])), stored["name"])
