"""The cluster: one that the user has, or one of this machine; its workers must be as we are."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from vndirective.errors import ClusterError, ClusterVersionError, MissingClusterLibraryError

WAIT = 20  # seconds for the scheduler, and for its first worker
Alike = tuple[tuple[str, str], ...]


@contextmanager
def connected(scheduler: str | None, workers: int = 0) -> Iterator[Any]:
    """A client of `scheduler`, or of a cluster of this machine that listens on loopback only.

    Raises ClusterError where there is no scheduler or no worker, ClusterVersionError where workers differ from us.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as error:
        raise MissingClusterLibraryError(error.name or "dask") from error
    with ExitStack() as stack:
        if scheduler is None:
            stack.enter_context(dask.config.set({"distributed.worker.daemon": True}))
            cluster = stack.enter_context(
                LocalCluster(
                    n_workers=workers or os.cpu_count() or 1,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address=None,
                    silence_logs=50,
                )
            )
            client = stack.enter_context(Client(cluster))
        else:
            try:
                client = stack.enter_context(Client(scheduler, timeout=WAIT))
            except (OSError, ValueError, TimeoutError) as error:
                raise ClusterError(f"{scheduler}: {str(error)[:160]}") from error
        try:
            client.wait_for_workers(max(1, workers if scheduler is None else 1), timeout=WAIT)
        except TimeoutError as error:
            raise ClusterError(f"{scheduler}: 0 workers") from error
        _check(client)
        yield client


def _check(client: Any) -> None:
    """All workers must have our version, and read scans and old Word files or not as the others do."""
    answers = client.run(alike, on_error="return")
    ours = dict(alike())
    unlike: dict[str, str] = {}
    seen: set[Alike] = set()
    for address, answer in answers.items():
        if isinstance(answer, BaseException):
            unlike[address] = str(answer)[:120]
        elif dict(answer)["vndirective"] != ours["vndirective"]:
            unlike[address] = f"vndirective {dict(answer)['vndirective']} ≠ {ours['vndirective']}"
        else:
            seen.add(answer)
    if not unlike and len(seen) > 1:
        differing = {name for a in seen for name, value in a if any(dict(b)[name] != value for b in seen)}
        unlike["workers"] = ", ".join(sorted(differing))
    if unlike:
        raise ClusterVersionError("; ".join(f"{a}: {why}" for a, why in sorted(unlike.items())[:5]))


def alike() -> Alike:
    """What records depend on besides bytes and options."""
    from vndirective import __version__
    from vndirective.errors import MissingProgramError
    from vndirective.parsers.ocr.engine import load_engine
    from vndirective.parsers.office.convert import program

    try:
        load_engine()
        scans = "yes"
    except MissingProgramError as error:
        scans = error.code
    return (
        ("vndirective", __version__),
        ("python", ".".join(platform.python_version_tuple()[:2])),
        ("scans", scans),
        ("office", "yes" if program() else "no"),
    )
