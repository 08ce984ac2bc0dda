"""LibreOffice, headless: many files in one call, each result kept by the hash of what went in.

The call has a profile of its own, no macros, no network where the system lets us take it away, and a time limit; whoever is over
the limit is killed with all its children. Kept files lie under `VNDIRECTIVE_CACHE` (else the user's cache folder).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path

from vndirective.errors import DamagedFileError, MissingOfficeError, VndirectiveError
from vndirective.parsers.packages import check_package

BATCH = 40  # files in one call
_START, _EACH, _ALONE = 30.0, 5.0, 55.0  # seconds for starting, for each file of a batch, for one file
_KEPT = 2 * 1024**3  # bytes of results that are kept; the longest unused go first
_VERSION = "1"  # part of the name of a kept file
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
_SAFE = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Load", "UpdateDocMode", "0"),
    ("Office.Writer/Content/Update", "Link", "0"),
)


@lru_cache(maxsize=1)
def program() -> str | None:
    """The LibreOffice command, None where there is none; `VNDIRECTIVE_SOFFICE` names another ("" for none)."""
    named = os.environ.get("VNDIRECTIVE_SOFFICE")
    if named is not None:
        return shutil.which(named) if named else None
    return shutil.which("soffice") or shutil.which("libreoffice")


def docx_of(data: bytes, suffix: str) -> bytes:
    """The document as DOCX. Raises DamagedFileError where LibreOffice gives none in time, MissingOfficeError."""
    if program() is None:
        raise MissingOfficeError
    with suppress(OSError):
        return _kept(data, suffix).read_bytes()
    [result] = _convert([(data, suffix)], _ALONE)
    if result is None:
        raise DamagedFileError("LibreOffice")
    return result


def convert_all(documents: Iterable[tuple[bytes, str]]) -> None:
    """Convert what is not yet kept, `BATCH` files in a call; what fails here is tried alone when it is read."""
    if program() is None:
        return
    waiting = ((d, s) for d, s in documents if not _kept(d, s).is_file() and _is_sound(d))
    while batch := list(islice(waiting, BATCH)):
        _convert(batch, _START + _EACH * len(batch))
    _forget_the_oldest()


def _is_sound(data: bytes) -> bool:
    """Whether a file may be opened by another program; what is wrong with it is said when it is read."""
    if not data.startswith(b"PK"):
        return True
    try:
        check_package(data)
    except VndirectiveError:
        return False
    return True


def _convert(documents: list[tuple[bytes, str]], seconds: float) -> list[bytes | None]:
    """One call: whatever it finished in time, None for the others. What can be kept is kept."""
    with tempfile.TemporaryDirectory(prefix="vndirective-") as scratch:
        home = Path(scratch)
        names = [f"{i:04}{suffix}" for i, (_, suffix) in enumerate(documents)]
        (home / "in").mkdir()
        for name, (data, _) in zip(names, documents, strict=True):
            (home / "in" / name).write_bytes(data)
        _write_profile(home / "profile")
        command = [
            *_offline(),
            program() or "soffice",
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out")),
            *(str(home / "in" / name) for name in names),
        ]
        _run(command, home, seconds)
        results: list[bytes | None] = []
        for name, (data, suffix) in zip(names, documents, strict=True):
            result = (home / "out" / name).with_suffix(".docx")
            results.append(result.read_bytes() if result.is_file() else None)
            if results[-1]:
                _keep(results[-1], _kept(data, suffix))
        return results


def _run(command: list[str], home: Path, seconds: float) -> None:
    environment = {**os.environ, "HOME": str(home), "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=home,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    finally:
        # over the limit, or interrupted: with its children, all of which we started and which bear its session's number
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _write_profile(folder: Path) -> None:
    (folder / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SAFE)
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")


@lru_cache(maxsize=1)
def _offline() -> tuple[str, ...]:
    """What puts a command into a network of its own without any way out, () where the system does not allow it."""
    command = ("unshare", "--user", "--map-current-user", "--net")
    if shutil.which("unshare") is None:
        return ()
    tried = subprocess.run([*command, "true"], check=False, capture_output=True)
    return command if tried.returncode == 0 else ()


# --- what is kept -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _folder() -> Path:
    """Where converted files are kept; a folder of this process where the user's own cannot be written."""
    named = os.environ.get("VNDIRECTIVE_CACHE") or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    folder = Path(named).expanduser() / "vndirective" / "office"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="vndirective-"))


def _kept(data: bytes, suffix: str) -> Path:
    return _folder() / f"{hashlib.sha256(data).hexdigest()}{suffix}.{_VERSION}.docx"


def _keep(result: bytes, kept: Path) -> None:
    """Write and rename, so that nobody sees half a file; a full disk only costs the next reader time."""
    partial = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        partial.write_bytes(result)
        partial.replace(kept)
    except OSError:
        partial.unlink(missing_ok=True)


def _forget_the_oldest() -> None:
    files = sorted(_used(_folder()), reverse=True)
    total = 0
    for _, size, path in files:
        total += size
        if total > _KEPT:
            path.unlink(missing_ok=True)


def _used(folder: Path) -> Iterator[tuple[float, int, Path]]:
    for path in folder.glob("*.docx"):
        try:
            state = path.stat()
        except OSError:
            continue
        yield max(state.st_atime, state.st_mtime), state.st_size, path
