"""AMFI's list in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.financial.domain.investments.amfi import SchemeNav, newest_of_each
from services.financial.infrastructure.investments.tables import fund_navs, fund_schemes

_BATCH: Final = 3_000
_SCHEME_COLUMNS: Final = tuple(one.name for one in fund_schemes.columns)
_S = fund_schemes.c


class PostgresFundRegister:
    """Implements FundRegister."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def save(self, navs: Sequence[SchemeNav], on_stored: Callable[[int], None]) -> None:
        """Upsert in one transaction, several thousand rows at a time, in the order of the keys: two imports wait."""
        schemes = sorted(newest_of_each(navs), key=lambda one: one.amfi_code)
        values = sorted({(one.amfi_code, one.nav_on): one for one in navs}.values(), key=_key)
        async with self._engine.begin() as connection:
            for start in range(0, len(schemes), _BATCH):
                await _upsert_schemes(connection, schemes[start : start + _BATCH])
            for start in range(0, len(values), _BATCH):
                batch = values[start : start + _BATCH]
                await _upsert_navs(connection, batch)
                on_stored(start + len(batch))

    async def search(self, text: str, limit: int) -> Sequence[SchemeNav]:
        """By identifier where the text is one, else every word has to be in the name."""
        words = text.split()[:10]
        matches = or_(
            _S.amfi_code == text,
            _S.isin == text.upper(),
            _S.isin_reinvestment == text.upper(),
            and_(*((_S.name + " " + _S.plan + " " + _S.option).icontains(word, autoescape=True) for word in words)),
        )
        newest = (
            select(fund_navs.c.nav, fund_navs.c.nav_on)
            .where(fund_navs.c.amfi_code == _S.amfi_code)
            .order_by(fund_navs.c.nav_on.desc())
            .limit(1)
            .lateral()
        )
        query = select(fund_schemes, newest.c.nav, newest.c.nav_on).join(newest, true()).where(matches)
        async with connect(self._engine) as connection:
            rows = await connection.execute(query.order_by(func.lower(_S.name), _S.amfi_code).limit(limit))
            return [SchemeNav(**dict(row)) for row in rows.mappings()]


def _key(one: SchemeNav) -> tuple[str, Any]:
    return one.amfi_code, one.nav_on


async def _upsert_schemes(connection: AsyncConnection, schemes: Sequence[SchemeNav]) -> None:
    rows = [{name: getattr(one, name) for name in _SCHEME_COLUMNS} for one in schemes]
    statement = postgresql.insert(fund_schemes).values(rows)
    changes = {name: statement.excluded[name] for name in _SCHEME_COLUMNS if name != "amfi_code"}
    await connection.execute(statement.on_conflict_do_update(index_elements=[_S.amfi_code], set_=changes))


async def _upsert_navs(connection: AsyncConnection, navs: Sequence[SchemeNav]) -> None:
    rows = [{"amfi_code": one.amfi_code, "nav_on": one.nav_on, "nav": one.nav} for one in navs]
    statement = postgresql.insert(fund_navs).values(rows)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[fund_navs.c.amfi_code, fund_navs.c.nav_on], set_={"nav": statement.excluded.nav}
        )
    )
