"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` once it is whole, readable by its owner alone; until then that one stays.

    What is no file, such as a pipe, is written to at once.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as target:
            yield target
        return
    if not path.parent.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "there is no such directory", str(path.parent))
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as target:
        part = Path(target.name)
        try:
            yield target
        except BaseException:
            part.unlink()
            raise
    part.replace(path)
