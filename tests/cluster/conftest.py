"""A storage and a cluster on loopback: moto's S3 server in this process, Dask's scheduler and two workers in their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cluster_processes import Cluster

for library in ("distributed", "s3fs", "moto"):
    pytest.importorskip(library, reason="needs the extra: pip install 'vndirective[cluster]' and the group dev")

KEYS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@pytest.fixture(scope="session")
def storage() -> Iterator[Any]:
    """fsspec's view of an empty S3 server with the buckets `archive` and `results`."""
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = KEYS | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    system = s3fs.S3FileSystem()
    for bucket in ("archive", "results"):
        system.mkdir(f"s3://{bucket}")
    yield system
    server.stop()
    for name, value in before.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value


@pytest.fixture
def cluster(tmp_path: Path, storage: Any) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.stop()
