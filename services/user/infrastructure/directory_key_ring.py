"""A key ring in a directory, for servers that share one."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.user.infrastructure.signing_key import FixedKeyRing, SigningKey, SigningKeyError

_OTHERS: Final = 0o077


class DirectoryKeyRing:
    """KeyRing of the files `0001.pem`, `0002.pem`, … (Ed25519, mode 0600): the highest number is the newest.

    The first key is made when there is none; of several processes that try at once, one succeeds and the others
    read its key. To rotate, call `rotate` (or add a file); running servers see it by the directory's time. To retire
    a key, delete its file once the last token it signed has run out.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._files():
            _create(directory / "0001.pem")
        self._seen = -1
        self._ring = self._current()

    def newest(self) -> SigningKey:
        """The key that signs."""
        return self._current().newest()

    def find(self, kid: str) -> SigningKey | None:
        """The key of this id."""
        return self._current().find(kid)

    def all(self) -> Sequence[SigningKey]:
        """Every key, the newest first."""
        return self._current().all()

    def rotate(self) -> SigningKey:
        """Make a new key, which signs from now on."""
        number = int(self._files()[0].stem) + 1
        _create(self._directory / f"{number:04}.pem")
        return self.newest()

    def _current(self) -> FixedKeyRing:
        changed = self._directory.stat().st_mtime_ns
        if changed != self._seen:
            self._ring = FixedKeyRing([_read(path) for path in self._files()])
            self._seen = changed
        return self._ring

    def _files(self) -> list[Path]:
        return sorted(self._directory.glob("[0-9][0-9][0-9][0-9].pem"), reverse=True)


def _create(path: Path) -> None:
    """Write a new key in full, then give it its name, unless another process was faster."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _read(path: Path) -> SigningKey:
    if path.stat().st_mode & _OTHERS:
        raise SigningKeyError(f"{path} may be read by others. Run: chmod 600 {path}")
    return SigningKey.from_pem(path.read_bytes())
