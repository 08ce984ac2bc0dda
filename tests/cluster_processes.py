"""Dask's scheduler and workers as processes of their own, on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from samples import ROOT


@dataclass
class Cluster:
    """A scheduler and workers, each a process that was started here."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def start(self, workers: int = 2) -> None:
        place = self.folder / "scheduler.json"
        self._run("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place))
        end = time.monotonic() + 30
        while not place.exists() and time.monotonic() < end:
            time.sleep(0.05)
        from distributed import Client

        with Client(scheduler_file=str(place)) as client:
            self.address = client.scheduler.address
        for _ in range(workers):
            self.worker()

    def worker(self) -> subprocess.Popen[bytes]:
        return self._run("worker", self.address, "--host", "127.0.0.1", "--no-nanny", "--nthreads", "1", "--no-dashboard",
                         "--local-directory", str(self.folder))  # fmt: skip

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
        log = (self.folder / "log").open("ab")
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        process = subprocess.Popen(command, env=environment, cwd=self.folder, stdout=log, stderr=log)
        log.close()
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
