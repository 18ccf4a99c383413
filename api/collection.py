"""Garbage collection: none while the program starts, for what importing it makes is no garbage; seldom afterwards."""

import gc
from typing import Final

# Python looks every 700 objects, which is a tenth of the work of a busy server; a turn's objects die without it. But
# whenever it looks, all streams are silent: the more objects it looks at, the longer. So most of it is done early, when
# there is nothing else to do, and only a burst comes to the other number.
_EARLY: Final = 2_500
_YOUNG: Final = 20_000
_MIDDLE: Final = 2
_OLD: Final = 100


def postpone_collection() -> None:
    """Do not look for garbage until `resume_collection`; that takes a sixth off the time of a start."""
    gc.disable()


def resume_collection() -> None:
    """Look for garbage again, but never again among what there is now, such as all that was imported."""
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    gc.enable()


def collect_early(in_haste: bool) -> None:
    """Look for garbage at a moment when nobody waits, if Python would do so soon and keep all streams waiting.

    In haste, only among what is new: that takes a third as long. When to look at everything is left to Python, which
    does so once there is a quarter more of it.
    """
    made, young, middle = gc.get_count()
    if made > _EARLY and middle <= _OLD:
        gc.collect(1 if young >= _MIDDLE and not in_haste else 0)
