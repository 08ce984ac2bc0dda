"""Folders on any storage that fsspec knows: "records/a.json" of "/data/out", "s3://bucket/out", "memory://out"."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from vndirective.batch.finding import MAX_FILE_BYTES, find_jobs
from vndirective.batch.writing import write_bytes_whole
from vndirective.errors import InputError, LimitError, MissingClusterLibraryError, StorageError

THREADS = 16  # requests at a time: a storage answers in milliseconds, of which nearly all is waiting
_URL = re.compile(r"^([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_LOCKS = ("~$", ".~lock")
A = TypeVar("A")
B = TypeVar("B")


def is_url(text: str) -> bool:
    return bool(_URL.match(text))


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a run: where it lies, its path below the input, and what tells a changed file from the same one."""

    url: str
    uri: str
    size: int
    mark: str  # ETag, or time of the last change


@dataclass(frozen=True, slots=True)
class Place:
    """A folder on a storage. Names are relative to it, with "/"."""

    url: str

    @property
    def local(self) -> Path | None:
        """The folder where it is one of this machine (or mounted, as NFS is)."""
        return local_path(self.url)

    def read(self, name: str) -> bytes | None:
        """Content of a file, None where there is none."""
        with _explained(f"{self.url}/{name}"):
            try:
                return bytes(file_system(self.url).cat_file(self._path(name)))
            except FileNotFoundError:
                return None

    def read_all(self, names: Iterable[str]) -> dict[str, bytes | None]:
        return dict(_each(lambda name: (name, self.read(name)), names))

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all: an object is put at once, a file takes the place of the earlier one."""
        if self.local is not None:
            write_bytes_whole(self.local / name, content)
            return
        with _explained(f"{self.url}/{name}"):
            file_system(self.url).pipe_file(self._path(name), content)

    def write_all(self, files: Mapping[str, bytes]) -> None:
        _each(lambda item: self.write(*item), files.items())

    def create(self, name: str, content: bytes) -> bool:
        """Write a file that is not there yet; False where it is."""
        if self.local is not None:
            path = self.local / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as stream:
                    stream.write(content)
            except FileExistsError:
                return False
            except OSError as error:
                raise InputError(f"{path}: {error.strerror}") from error
            return True
        with _explained(f"{self.url}/{name}"):
            try:
                file_system(self.url).pipe_file(self._path(name), content, mode="create")
            except FileExistsError:
                return False
        return True

    def names(self, folder: str) -> list[str]:
        """Files below a folder, in order."""
        system = file_system(self.url)
        with _explained(f"{self.url}/{folder}"):
            system.invalidate_cache()
            root = self._path("").rstrip("/")
            found = (str(p)[len(root) + 1 :] for p in system.find(self._path(folder)))
            return sorted(n for n in found if not PurePosixPath(n).name.startswith("."))

    def remove(self, names: Iterable[str]) -> None:
        _each(self._remove, names)

    def _remove(self, name: str) -> None:
        with _explained(f"{self.url}/{name}"):
            try:
                file_system(self.url).rm_file(self._path(name))
            except FileNotFoundError:
                return

    def _path(self, name: str) -> str:
        root = str(file_system(self.url)._strip_protocol(self.url)).rstrip("/")
        return f"{root}/{name}"


def place(given: str) -> Place:
    """A place as the user names it; a local one by its full path, so that every worker means the same."""
    path = local_path(given)
    return Place(given.rstrip("/")) if path is None else Place(path.resolve().as_posix())


def local_path(given: str) -> Path | None:
    match = _URL.match(given)
    if match is None:
        return Path(given)
    return Path(given[len("file://") :]) if match[1].lower() in ("file", "local") else None


@lru_cache(maxsize=8)
def _system(protocol: str) -> Any:
    import fsspec

    return fsspec.filesystem(protocol)


def file_system(url: str) -> Any:
    """fsspec's file system of an address. Who may read what is told by the environment of each process, never by us."""
    match = _URL.match(url)
    protocol = match[1].lower() if match else "file"
    try:
        return _system(protocol)
    except ModuleNotFoundError as error:
        raise MissingClusterLibraryError(error.name or protocol) from error
    except ImportError as error:
        raise MissingClusterLibraryError(protocol) from error
    except ValueError as error:
        raise InputError(f"{protocol}://") from error


def documents_in(inputs: Sequence[str]) -> list[Document]:
    """Files below the inputs in order, by the same rules on every storage. InputError for a missing input, StorageError."""
    found: dict[str, Document] = {}
    for given in inputs:
        path = local_path(given)
        for document in _local(path) if path is not None else _stored(given.rstrip("/")):
            found.setdefault(document.url, document)
    return list(found.values())


def _local(path: Path) -> Iterator[Document]:
    for job in find_jobs([path]):
        state = job.path.stat()
        yield Document(job.path.resolve().as_posix(), job.uri, state.st_size, str(state.st_mtime_ns))


def _stored(url: str) -> Iterator[Document]:
    system = file_system(url)
    scheme = url[: url.index("://")]
    root = str(system._strip_protocol(url)).rstrip("/")
    with _explained(url):
        system.invalidate_cache()
        found = {root: system.info(root)} if system.isfile(root) else system.find(root, detail=True)
    if not found:
        raise InputError(url)
    for name, state in sorted(found.items()):
        relative = PurePosixPath(name).name if name == root else str(name)[len(root) + 1 :]
        parts = relative.split("/")
        if name.endswith("/") or any(p.startswith(".") for p in parts) or parts[-1].startswith(_LOCKS):
            continue
        mark = state.get("ETag") or state.get("mtime") or state.get("LastModified") or state.get("created") or ""
        yield Document(f"{scheme}://{name.lstrip('/')}", relative, int(state.get("size") or 0), str(mark).strip('"'))


def read_documents(documents: Sequence[Document]) -> list[bytes | InputError]:
    """Bytes of each, or why there are none. StorageError where the storage itself does not answer."""
    return _each(_read, documents)


def _read(document: Document) -> bytes | InputError:
    if document.size > MAX_FILE_BYTES:
        return LimitError(f"{document.uri} > {MAX_FILE_BYTES // 2**20} MB")
    system = file_system(document.url)
    try:
        with _explained(document.url):
            return bytes(system.cat_file(system._strip_protocol(document.url)))
    except StorageError:
        raise
    except InputError as error:
        return error


def _each(work: Callable[[A], B], items: Iterable[A]) -> list[B]:
    given = list(items)
    if len(given) <= 1:
        return [work(item) for item in given]
    with ThreadPoolExecutor(min(THREADS, len(given))) as pool:
        return list(pool.map(work, given))


@contextmanager
def _explained(url: str) -> Iterator[None]:
    """What a storage answers, in our own errors: InputError for what is not there or not allowed, else StorageError."""
    try:
        yield
    except (InputError, FileExistsError, KeyboardInterrupt):
        raise
    except FileNotFoundError as error:
        raise InputError(url) from error
    except OSError as error:
        if is_url(url):
            raise StorageError(f"{url}: {_short(error)}") from error
        raise InputError(f"{url}: {error.strerror or error}") from error
    except Exception as error:
        if type(error).__module__.split(".")[0] in ("botocore", "aiobotocore", "aiohttp", "s3fs"):
            raise StorageError(f"{url}: {_short(error)}") from error
        raise


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}".replace(os.linesep, " ")
