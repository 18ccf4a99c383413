"""Whose turn it is on a processor that everybody wants."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

# As of `nice`: beside one of the usual priority, a tenth of a processor that both want all the time.
_NICENESS: Final = 10


def let_people_go_first(own_session: Path = Path("/proc/self/autogroup")) -> None:
    """Have Linux prefer other sessions to this process's, where this process leads one; decision 42.

    The session's priority is lowered, not the process's: engines that this process starts have a session of their own
    and would inherit the latter. A session that somebody else leads, such as a shell's, is left as it is, and so is
    all where the kernel does not group by session.
    """
    if sys.platform == "linux" and os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError):
            own_session.write_text(str(_NICENESS), "ascii")
