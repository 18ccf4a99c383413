"""AMFI's list in PostgreSQL, as it is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Self

from sqlalchemy import Table, Text, any_, bindparam, func, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.investments.amfi import SchemeNav, newest_of_each
from services.financial.domain.investments.repositories import NavRepository
from services.financial.infrastructure.caching.counting_unit_of_work import PostgresCountingUnitOfWork
from services.financial.infrastructure.investments.reader import same_fund
from services.financial.infrastructure.investments.tables import fund_navs, fund_schemes, instruments
from services.shared.domain.ids import UserId

_BATCH: Final = 3_000


class PostgresNavRepository:
    """Implements NavRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def save(self, navs: Sequence[SchemeNav], on_stored: Callable[[int], None]) -> set[str]:
        """Upsert several thousand rows at a time, in the order of the keys: two imports wait for each other."""
        schemes = sorted(newest_of_each(navs), key=lambda one: one.amfi_code)
        values = sorted({(one.amfi_code, one.nav_on): one for one in navs}.values(), key=_key)
        changed: set[str] = set()
        for start in range(0, len(schemes), _BATCH):
            changed |= await self._upsert(fund_schemes, schemes[start : start + _BATCH])
        for start in range(0, len(values), _BATCH):
            batch = values[start : start + _BATCH]
            changed |= await self._upsert(fund_navs, batch)
            on_stored(start + len(batch))
        return changed

    async def holders(self, codes: Iterable[str]) -> dict[UserId, int]:
        """Join everybody's instruments with the schemes."""
        wanted = bindparam("codes", sorted(codes), ARRAY(Text))
        query = (
            select(instruments.c.user_id, func.count(instruments.c.id.distinct()))
            .join(fund_schemes, same_fund())
            .where(fund_schemes.c.amfi_code == any_(wanted))
            .group_by(instruments.c.user_id)
        )
        return {UserId(user_id): count for user_id, count in await self._connection.execute(query)}

    async def _upsert(self, table: Table, navs: Sequence[SchemeNav]) -> set[str]:
        """The codes of the rows that are new or differ: the same list again writes nothing."""
        columns = list(table.columns)
        rows = [{column.name: getattr(one, column.name) for column in columns} for one in navs]
        statement = postgresql.insert(table).values(rows)
        others = [column for column in columns if not column.primary_key]
        upsert = statement.on_conflict_do_update(
            index_elements=[column for column in columns if column.primary_key],
            set_={column.name: statement.excluded[column.name] for column in others},
            where=or_(*(column.is_distinct_from(statement.excluded[column.name]) for column in others)),
        )
        return set((await self._connection.execute(upsert.returning(table.c.amfi_code))).scalars())


class PostgresNavsUnitOfWork(PostgresCountingUnitOfWork):
    """Implements NavsUnitOfWork."""

    navs: NavRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.navs = PostgresNavRepository(self.connection)
        return self


def _key(one: SchemeNav) -> tuple[str, Any]:
    return one.amfi_code, one.nav_on
