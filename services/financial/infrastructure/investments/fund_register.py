"""AMFI's list in PostgreSQL, as it is searched."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect
from services.financial.domain.investments.amfi import SchemeNav
from services.financial.infrastructure.investments.tables import fund_navs, fund_schemes

_S = fund_schemes.c


class PostgresFundRegister:
    """Implements FundRegister."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

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
