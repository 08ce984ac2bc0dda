"""One run at a time in a results folder."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vndirective.errors import BusyError, OutputError

try:
    import fcntl
except ImportError:  # not a POSIX system: two runs are not told apart there
    fcntl = None  # type: ignore[assignment]

NAME = ".lock"
_LOOK_AGAIN = 1.0  # seconds


@contextmanager
def locked(out: Path, *, wait: bool = False, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold OUT for this run. BusyError where another run holds it, unless `wait`; OutputError where OUT cannot be written.

    The system gives the lock back when the process ends, however it ends; what is written in the file is for people.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}") from error
    try:
        _take(handle, out, wait, waiting)
        _sign(handle, out)
        yield
    finally:
        os.close(handle)


def holder(out: Path) -> str | None:
    """Who is running in OUT now ("pid 42, host"), None for nobody. Looks, and takes nothing."""
    if fcntl is None or not (out / NAME).exists():
        return None
    try:
        handle = os.open(out / NAME, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _said(out)
    finally:
        os.close(handle)
    return None


def _take(handle: int, out: Path, wait: bool, waiting: Callable[[str], None] | None) -> None:
    if fcntl is None:
        return
    told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not wait:
                raise BusyError(_said(out)) from None
            if waiting and not told:
                waiting(_said(out))
                told = True
            time.sleep(_LOOK_AGAIN)
        except OSError:
            return  # a file system without locks; docs/archive.md says so


def _sign(handle: int, out: Path) -> None:
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode(), 0)
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror}") from error


def _said(out: Path) -> str:
    try:
        who = json.loads((out / NAME).read_bytes())
        return f"pid {who['pid']}, {who['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"
