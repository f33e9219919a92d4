"""Records in a folder of small files, or in encrypted ones; bounded in size: the oldest go first."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from nba_desktop.adapters.cipher_db import fits, key_for
from nba_desktop.adapters.flight.line_db import LineDb, lines_of
from nba_desktop.domain.errors import OutboxDamaged, OutboxError

Record = dict[str, Any]

_SEGMENTS: Final = 8
_NEEDED: Final[dict[str, dict[str, type]]] = {
    "start": {},
    "link": {"source": str, "state": str},
    "heard": {"source": str, "type": str, "text": str},
    "decision": {"event": dict, "verdict": str, "calls": list},
    "dropped": {"source": str, "code": str},
    "missed": {"count": int},
}
_NAME: Final = re.compile(r"([a-z]+)-([0-9]{8})\.jsonl")
_ENCRYPTED: Final = ".sqlcipher"


class Ring:
    """Appends records to `folder`, at most `limit` bytes of them; only this user can read the files.

    Each `append` ends with a flush, so that a killed process loses no record it has appended. Raises `OSError`.
    """

    def __init__(self, folder: Path, name: str, limit: int) -> None:
        self._folder = folder
        self._name = name
        self._limit = limit
        self._segment_limit = max(limit // _SEGMENTS, 1024)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        last = next(reversed(_segments(folder, name)), None)
        self._number = 1 if last is None else _number(last)
        torn = last is not None and not last.read_bytes().endswith(b"\n")
        self._descriptor = self._opened(torn=torn)
        self._make_room()

    def append(self, records: list[Record]) -> None:
        """Write the records, then remove what is too old to be kept."""
        lines = b"".join(_line(one) + b"\n" for one in records)
        while lines:
            cut = len(lines)
            if cut > self._segment_limit:
                # Cut behind a whole record, at least one.
                cut = lines.rfind(b"\n", 0, self._segment_limit) + 1 or lines.find(b"\n") + 1
            self._write(lines[:cut])
            lines = lines[cut:]

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _write(self, lines: bytes) -> None:
        if self._size and self._size + len(lines) > self._segment_limit:
            os.close(self._descriptor)
            self._number += 1
            self._descriptor = self._opened()
            self._make_room()
        while lines:
            written = os.write(self._descriptor, lines)
            self._size += written
            lines = lines[written:]

    def _opened(self, *, torn: bool = False) -> int:
        path = self._folder / f"{self._name}-{self._number:08d}.jsonl"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        self._size = os.fstat(descriptor).st_size
        if torn and self._size:
            # The next record must not become a part of a half one.
            self._size += os.write(descriptor, b"\n")
        return descriptor

    def _make_room(self) -> None:
        sizes = {path: path.stat().st_size for path in _segments(self._folder, self._name)}
        excess = sum(sizes.values()) + self._segment_limit - self._limit
        for path in list(sizes)[:-1]:
            if excess <= 0:
                return
            path.unlink()
            excess -= sizes[path]


class EncryptedRing:
    """Does the same in one file that a key of 32 bytes encrypts; what lies there in plain is taken into it."""

    def __init__(self, folder: Path, name: str, limit: int, key: bytes) -> None:
        path = folder / f"{name}{_ENCRYPTED}"
        with _as_disk_error():
            self._lines = LineDb(path, _key(path, key), limit)
        for plain in _segments(folder, name):
            self._append(plain.read_bytes().splitlines())
            plain.unlink()

    def append(self, records: list[Record]) -> None:
        """Write the records, then remove what is too old to be kept."""
        self._append([_line(one) for one in records])

    def close(self) -> None:
        """Let go of the file."""
        with _as_disk_error():
            self._lines.close()

    def _append(self, lines: list[bytes]) -> None:
        with _as_disk_error():
            self._lines.append(lines)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a folder holds, in the order it happened; `torn` lines could not be read, `locked` files have no key."""

    records: tuple[Record, ...]
    torn: int = 0
    locked: int = 0


def read_records(folder: Path, key: bytes | None = None) -> Recorded:
    """Read every record of a folder, also while it is written; without the folder there are none. Raises `OSError`."""
    records: list[Record] = []
    torn = locked = 0
    for path in recorded_files(folder):
        lines = _lines(path, key)
        if lines is None:
            locked += 1
            continue
        for line in lines:
            record = _record(line)
            if record is None:
                torn += 1
            else:
                records.append(record)
    return Recorded(tuple(sorted(records, key=lambda record: int(record["n"]))), torn, locked)


def recorded_files(folder: Path) -> list[Path]:
    """The files that hold records, whether or not they are encrypted."""
    plain = [path for path in sorted(folder.glob("*.jsonl")) if _NAME.fullmatch(path.name)]
    return [*sorted(folder.glob(f"*{_ENCRYPTED}")), *plain]


def is_record(value: object) -> bool:
    """Whether `value` is a record with all that its kind needs; kinds of a later version are none."""
    if not isinstance(value, dict) or type(value.get("n")) is not int:
        return False
    needed = _NEEDED.get(value["kind"]) if isinstance(value.get("kind"), str) else None
    if needed is None or not all(isinstance(value.get(key), kind) for key, kind in needed.items()):
        return False
    try:
        at = datetime.fromisoformat(value["at"])
    except (KeyError, TypeError, ValueError):
        return False
    changes, lacking = value.get("calls", []), value.get("lacking", [])
    if not isinstance(changes, list) or not isinstance(lacking, list):
        return False
    return at.tzinfo is not None and all(
        isinstance(one, dict) and isinstance(one.get("id"), str) and isinstance(one.get("now"), str) for one in changes
    )


def _line(record: Record) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")


def _record(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if is_record(record) else None


def _lines(path: Path, key: bytes | None) -> Iterator[bytes] | None:
    """The lines of a file, an empty one for what is damaged; None where the key is missing or another one."""
    if not path.name.endswith(_ENCRYPTED):
        return iter(path.read_bytes().splitlines())
    with _as_disk_error():
        return _decrypted(path, _key(path, key)) if key is not None and fits(path, _key(path, key)) else None


def _decrypted(path: Path, key: bytes) -> Iterator[bytes]:
    with _as_disk_error():
        try:
            yield from lines_of(path, key)
        except OutboxDamaged:
            yield b""


def _key(path: Path, key: bytes) -> bytes:
    return key_for(key, f"flight recorder, {path.name}")


@contextlib.contextmanager
def _as_disk_error() -> Iterator[None]:
    """Tell what is wrong with an encrypted file as of a plain one: whoever writes or reads them knows no outbox."""
    try:
        yield
    except OutboxError as error:
        raise OSError(errno.EIO, error.code.value) from None


def _segments(folder: Path, name: str) -> list[Path]:
    return [path for path in recorded_files(folder) if path.name.startswith(f"{name}-")]


def _number(path: Path) -> int:
    match = _NAME.fullmatch(path.name)
    return int(match[2]) if match else 0
