"""The instruments of one person while a batch is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.financial.domain.investments.instrument import Instrument, InstrumentId, InstrumentRef
from services.shared.domain.ids import UserId


class OwnInstruments:
    """Finds what a source means among the person's instruments, learns from it, and makes what is new."""

    def __init__(self, user_id: UserId, known: Sequence[Instrument], now: datetime) -> None:
        self._user_id = user_id
        self._now = now
        self._known = {instrument.id: instrument for instrument in known}
        self._found: dict[InstrumentRef, InstrumentId] = {}
        self._changed: set[InstrumentId] = set()
        self.made = 0

    @property
    def changed(self) -> list[Instrument]:
        """Those that are new or know more than their record."""
        return [self._known[one] for one in self._known if one in self._changed]

    def find(self, ref: InstrumentRef) -> Instrument:
        """The instrument, the same one for the same reference."""
        found = self._found.get(ref)
        if found is None:
            found = self._found[ref] = self._identify(ref)
        return self._known[found]

    def _identify(self, ref: InstrumentRef) -> InstrumentId:
        # One that shares an identifier goes before one that only shares the name.
        matches = [one for one in self._known.values() if one.is_meant_by(ref)]
        matches.sort(key=lambda one: not (ref.isin and one.isin == ref.isin))
        if not matches:
            instrument = Instrument.of(self._user_id, ref, self._now)
            self._known[instrument.id] = instrument
            self._changed.add(instrument.id)
            self.made += 1
            return instrument.id
        known = matches[0]
        learnt = known.learning(ref)
        if learnt != known:
            self._known[known.id] = learnt
            self._changed.add(known.id)
        return known.id
