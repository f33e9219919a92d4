"""`make fuzz`: every parser fed with hostile input, last line JSON; exit code 1 when one crashed or hung."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fuzz.mutation import mutated
from tests.fuzz.targets import Target, targets

_INPUT_LIMIT_S: Final = 1.0


class Hang(BaseException):
    """One input took more of the processor's time than the limit; no parser may catch it."""


def main() -> int:
    options = _options()
    failures = 0
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="nba-fuzz-", dir=place) as folder, _alarm():
        chosen = [one for one in targets(Path(folder)) if options.only in ("", one.name)]
        for number, target in enumerate(chosen):
            share = options.inputs // len(chosen) + (number < options.inputs % len(chosen))
            started = time.monotonic()
            failed = _fuzz(target, share, options.seed, options.keep)
            failures += failed
            print(
                f"{target.name:<14} {share:>9} inputs {time.monotonic() - started:>7.1f} s {failed:>4} failures",
                flush=True,
            )
    print(json.dumps({"fuzz_inputs": options.inputs, "fuzz_failures": failures}))
    return 1 if failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="in total, shared by the parsers")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other inputs")
    parser.add_argument("--only", default="", metavar="PARSER", help="one parser alone")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where an input that failed is kept")
    return parser.parse_args()


def _fuzz(target: Target, inputs: int, seed: int, keep: Path) -> int:
    chance = random.Random(f"{target.name} {seed}")
    seen: set[str] = set()
    failed = 0
    for _ in range(inputs):
        data = mutated(target.seeds, chance)
        signal.setitimer(signal.ITIMER_PROF, _INPUT_LIMIT_S)
        try:
            target.run(data, chance)
        except (Exception, Hang) as error:  # noqa: BLE001 - finding what nobody expects is the point
            signal.setitimer(signal.ITIMER_PROF, 0)
            failed += 1
            _tell(target, data, error, seen, keep)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return failed


def _tell(target: Target, data: bytes, error: BaseException, seen: set[str], keep: Path) -> None:
    """Keep and name the first input of each kind of failure."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
    kind = f"{type(error).__name__} at {place}"
    if kind in seen:
        return
    seen.add(kind)
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{target.name}-{hashlib.sha256(data).hexdigest()[:16]}"
    path.write_bytes(data)
    print(f"{target.name}: {kind}: {error}; the input is in {path}")


@contextmanager
def _alarm() -> Iterator[None]:
    def on_alarm(_: int, __: FrameType | None) -> None:
        raise Hang(f"more than {_INPUT_LIMIT_S:g} s of the processor")

    before = signal.signal(signal.SIGPROF, on_alarm)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


if __name__ == "__main__":
    sys.exit(main())
