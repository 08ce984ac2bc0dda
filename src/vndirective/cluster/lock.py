"""One run at a time in one OUT: an object that only one can create, and that changes as long as its owner lives.

Whoever finds it watches it for a while: one that changes has an owner at work, one that does not was left by a run that
was killed. No clocks are compared.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from vndirective.cluster.places import Place
from vndirective.errors import BusyError, VndirectiveError

NAME = "run.lock"
BEAT = 5.0  # seconds between changes
PATIENCE = 20.0  # seconds without a change after which the owner counts as dead


@contextmanager
def only_run(place: Place, beat: float = BEAT, patience: float = PATIENCE) -> Iterator[Lease]:
    """Hold OUT; BusyError where another run does."""
    lease = Lease(place, beat)
    while not place.create(NAME, lease.content()):
        found = place.read(NAME)
        if found is None:
            continue
        if not _dead_here(found) and _changes(place, found, patience):
            raise BusyError(_owner(found))
        place.remove([NAME])
    lease.start()
    try:
        yield lease
    finally:
        lease.end()


class Lease:
    """The lock while it is held."""

    def __init__(self, place: Place, beat: float) -> None:
        self.place, self.beat = place, beat
        self.token = uuid.uuid4().hex
        self.lost = False
        self._count = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def content(self) -> bytes:
        owner = {"token": self.token, "host": socket.gethostname(), "pid": os.getpid(), "beat": self._count}
        return json.dumps(owner).encode("utf-8")

    def check(self) -> None:
        """BusyError where another run took OUT in the belief that this one was dead."""
        if self.lost:
            raise BusyError(NAME)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        if not self.lost:
            self.place.remove([NAME])

    def _keep(self) -> None:
        while not self._over.wait(self.beat):
            try:
                found = self.place.read(NAME)
                if found is None or json.loads(found).get("token") != self.token:
                    self.lost = True
                    return
                self._count += 1
                self.place.write(NAME, self.content())
            except VndirectiveError:
                continue  # the storage did not answer: the next beat tells


def _changes(place: Place, found: bytes, patience: float) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        time.sleep(min(0.5, patience))
        if place.read(NAME) != found:
            return True
    return False


def _dead_here(content: bytes) -> bool:
    """Whether the owner was a process of this machine that is gone."""
    try:
        owner = json.loads(content)
        if owner["host"] != socket.gethostname():
            return False
        os.kill(int(owner["pid"]), 0)
    except ProcessLookupError:
        return True
    except (ValueError, KeyError, TypeError, OSError):
        return False
    return False


def _owner(content: bytes) -> str:
    try:
        owner = json.loads(content)
        return f"{owner['host']}, pid {owner['pid']}"
    except (ValueError, KeyError, TypeError):
        return NAME
