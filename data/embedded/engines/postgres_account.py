"""How PostgreSQL runs when root starts it.

PostgreSQL refuses to run as root, so it changes to the owner of its cluster, `nobody` for a new one. That account can
walk neither to a home below root's nor to an environment there, under directories of mode 0700. Hence:

- the cluster stays in the home. Root enters it, the process changes its account and names its data directory
  /proc/self/cwd: the kernel then starts at the directory itself and asks for no permission on those above it. Ambient
  capabilities would do too, but give the server the right to read any file, and a container may not have them; a
  cluster moved outside of the home would survive the home's removal with all its figures in it.
- the binaries, nothing private, are used where they are if the account can run them there, otherwise from a copy in a
  directory that belongs to root and is open to all. (They cannot be reached as the cluster is: PostgreSQL resolves
  the path of its own binary.)

All that is needed is CAP_SETUID, CAP_SETGID and CAP_CHOWN, which a container's root has unless they were taken away.
"""

import errno
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from data.embedded.errors import EngineStartError
from data.embedded.process import Account, clean_environment

# The temporary places are for a read-only root; one that is not root's own is not used, see _belongs_to_root.
_PUBLIC_PLACES = (Path("/var/lib/nivesh"), Path("/var/tmp/nivesh-engines"), Path("/tmp/nivesh-engines"))  # noqa: S108
_ADVICE = "run nivesh as an ordinary user, or set NIVESH_POSTGRES_URL to use a server"


def account_for(cluster: Path) -> Account | None:
    """The account to change to; None for an ordinary user, who stays what he is.

    Raises EngineStartError when this is root and there is no account to change to.
    """
    if os.geteuid() != 0:
        return None
    if sys.platform != "linux":
        raise EngineStartError(f"PostgreSQL refuses to run as root: {_ADVICE}")
    try:
        owner = cluster.stat().st_uid or pwd.getpwnam("nobody").pw_uid
        found = pwd.getpwuid(owner)
    except KeyError as error:
        raise EngineStartError(f"PostgreSQL refuses to run as root, and {error.args[0]}: {_ADVICE}") from error
    return Account(found.pw_uid, found.pw_gid)


def reachable_package(
    package: Path, install: str, account: Account | None, places: tuple[Path, ...] = _PUBLIC_PLACES
) -> Path:
    """The package's directory, or that of a copy, where `account` can run the binaries of `install`.

    Raises EngineStartError when it can run them nowhere.
    """
    if account is None or _can_run(package / install, account):
        return package
    name = _fingerprint(package, install)
    for place in places:
        copy = place / name / package.name
        there = copy.is_dir() or _copied(package, install, place, name)
        if there and _belongs_to_root(place) and _can_run(copy / install, account):
            return copy
    where = ", ".join(str(place) for place in places)
    raise EngineStartError(f"uid {account.uid} can run PostgreSQL neither in {package} nor in {where}: {_ADVICE}")


def _can_run(install: Path, account: Account) -> bool:
    try:
        done = subprocess.run(
            (install / "bin" / "postgres", "--version"),
            cwd="/",
            env=clean_environment(),
            capture_output=True,
            check=False,
            user=account.uid,
            group=account.gid,
            extra_groups=[],
        )
    except OSError as error:
        if error.errno == errno.EPERM:
            reason = "PostgreSQL refuses to run as root, and this root may not change to another user"
            raise EngineStartError(f"{reason}: {_ADVICE}") from error
        return False
    return done.returncode == 0


def _fingerprint(package: Path, install: str) -> str:
    binary = (package / install / "bin" / "postgres").stat()
    return hashlib.sha256(f"{package} {binary.st_size} {binary.st_mtime_ns}".encode()).hexdigest()[:16]


def _copied(package: Path, install: str, place: Path, name: str) -> bool:
    """Copy what the server needs to `place`/`name`, complete or not at all; False when that place cannot be used."""
    try:
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        if not _belongs_to_root(place):
            return False
        place.chmod(0o755)
        fresh = Path(tempfile.mkdtemp(prefix=".copy-", dir=place))
    except OSError:
        return False
    try:
        _copy(package, install, fresh)
        fresh.rename(place / name)
    except OSError:
        return (place / name).is_dir()
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def _copy(package: Path, install: str, target: Path) -> None:
    """The installation and the libraries that its binaries look for beside the package, readable by all."""
    skipped = shutil.ignore_patterns("*.a", "include", "pkgconfig", "__pycache__")
    shutil.copytree(package / install, target / package.name / install, ignore=skipped)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)


def _belongs_to_root(place: Path) -> bool:
    """A directory that nobody else can put anything into: what lies in it is ours."""
    found = place.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and not found.st_mode & 0o022
