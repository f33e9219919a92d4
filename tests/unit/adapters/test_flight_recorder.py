"""The flight recorder: nothing personal on the disk, never too big, readable after a crash."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.flight.masking import REMOVED, AmiCutter, Masking
from nba_desktop.adapters.flight.recorder import FlightRecorder
from nba_desktop.adapters.flight.ring import EncryptedRing, Ring, read_records
from nba_desktop.domain.call import Calls
from nba_desktop.domain.call_event import CallEventType, Party
from tests.fakes.calls import START, call_event, recordings, translator
from tests.fakes.flights import PLENTY, Flight, ami, packets

MASKING = Masking(b"k" * 32)


def written(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.jsonl")))


@pytest.mark.parametrize("recording", recordings(), ids=lambda path: path.name[:2])
def test_no_number_and_no_name_of_a_recorded_call_is_written(recording: Path, tmp_path: Path) -> None:
    data = recording.read_bytes()
    flight = Flight(tmp_path)
    flight.hear(*packets(data))
    flight.land()
    fields = re.findall(r"^([A-Za-z]+): (.+)\r$", data.decode(), flags=re.MULTILINE)
    numbers = {value.lstrip("+") for key, value in fields if key.endswith(("Num", "Exten")) and len(value) > 5}
    numbers = {value for value in numbers if value.isdigit()}
    names = {value for key, value in fields if key.endswith("Name") and "unknown" not in value and " " in value}
    assert numbers
    assert names
    text = written(tmp_path)
    assert [one for one in numbers | names if one in text] == []


@pytest.mark.parametrize("recording", recordings(), ids=lambda path: path.name[:2])
def test_a_masked_stream_means_the_same_calls(recording: Path) -> None:
    data = recording.read_bytes()
    masked = "".join(MASKING.ami_message(one) for one in AmiCutter().feed(data)).encode()

    def told(stream: bytes) -> list[tuple[object, ...]]:
        words, events = translator(), []
        for item in AmiParser().feed(stream):
            if isinstance(item, AmiMessage):
                events += words.translate(item, START)
        return [(e.type, e.leg_id, e.interaction_id, e.direction, e.queue, e.device, e.cause) for e in events]

    assert told(masked) == told(data)


@pytest.mark.parametrize("number", ["+493512805504", "03512805504", "00493512805504", "493512805504", "123456"])
def test_a_masked_number_keeps_its_format_its_length_and_its_last_two_digits(number: str) -> None:
    masked = MASKING.number(number)
    assert masked != number
    assert len(masked) == len(number)
    assert masked[-2:] == number[-2:]
    assert masked[0] == number[0]
    assert masked == Masking(b"k" * 32).number(number)


def test_masked_numbers_stay_distinct_and_differ_from_user_to_user() -> None:
    numbers = [f"+4935128{middle:04d}04" for middle in range(200)]
    assert len({MASKING.number(one) for one in numbers}) == 200
    assert MASKING.number(numbers[0]) != Masking(b"other" * 8).number(numbers[0])


@pytest.mark.parametrize("word", ["201", "110", "anonymous", "<unknown>", ""])
def test_extensions_and_words_for_nobody_stay(word: str) -> None:
    assert MASKING.number(word) == word


def test_a_name_in_the_place_of_a_number_is_removed() -> None:
    assert MASKING.number("Erika Mustermann") == REMOVED


def test_fields_nobody_has_judged_harmless_are_removed() -> None:
    text = MASKING.ami_message("Event: UserEvent\r\nCustomer: K-4711\r\nDigit: 9\r\nno field at all\r\n\r\n")
    assert text == f"Event: UserEvent\r\nCustomer: {REMOVED}\r\nDigit: {REMOVED}\r\n{REMOVED}\r\n\r\n"


def test_a_number_in_a_channel_s_name_is_masked_and_its_instance_stays() -> None:
    text = MASKING.ami_message("Channel: Local/03512805504@from-queue-0000001a;1\r\n\r\n")
    assert "03512805504" not in text
    assert text.endswith("04@from-queue-0000001a;1\r\n\r\n")


def test_the_mark_of_a_withheld_number_stays_and_other_variables_go() -> None:
    mark = "ChanVariable: CALLERID(num-pres)=prohib_not_screened"
    assert MASKING.ami_message(mark) == mark
    assert MASKING.ami_message("ChanVariable: PAI=<sip:+493512805504@x>") == f"ChanVariable: {REMOVED}"


def test_a_number_split_between_two_packets_is_masked(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    message = ami(Event="Newchannel", Uniqueid="1.1", Linkedid="1.1", CallerIDNum="+493512805504")
    cut = message.index(b"2805")
    flight.hear(message[:cut], message[cut:])
    records = [one for one in flight.land().records if one["kind"] == "heard"]
    assert len(records) == 1
    assert "2805504" not in records[0]["text"]
    assert "04\r\n\r\n" in records[0]["text"]


def test_a_call_url_is_kept_without_number_and_customer(tmp_path: Path) -> None:
    recorder = FlightRecorder(tmp_path, PLENTY)
    url = "nba-desktop:call?number=%2B493512805504&id=x1&state=ringing&customer_no=K-4711"
    recorder.received("call_url", "call_url", url.encode())
    recorder.received("call_url", "call_url", b"Erika Mustermann 0351")
    recorder.close()
    texts = [one["text"] for one in read_records(tmp_path).records]
    number = Masking((tmp_path / "key").read_bytes()).number("+493512805504")
    assert texts == [f"nba-desktop:call?number={number}&id=x1&state=ringing&customer_no=", REMOVED]


def test_what_the_telephone_system_attached_is_not_kept(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    event = call_event(CallEventType.RINGING, caller=Party("+493512805504", "+493512805504", "allowed"))
    flight.decide([event])
    (decision,) = [one for one in flight.land().records if one["kind"] == "decision"]
    assert decision["verdict"] == "changed"
    assert decision["calls"][0]["now"] == "offered"
    assert decision["event"]["caller"]["raw"].endswith("04")
    assert "2805504" not in json.dumps(decision)


def test_an_event_that_came_twice_is_recorded_as_repeated(tmp_path: Path) -> None:
    flight = Flight(tmp_path)
    event = call_event(CallEventType.RINGING)
    flight.decide([event, event])
    assert [one.get("verdict") for one in flight.land().records if one["kind"] == "decision"] == ["changed", "repeated"]


def test_the_files_stay_within_the_limit_and_the_oldest_go_first(tmp_path: Path) -> None:
    limit = 64 * 1024
    flight = Flight(tmp_path, limit)
    for recording in recordings():
        flight.hear(*packets(recording.read_bytes()))
        flight.recorder.flush()
        assert sum(path.stat().st_size for path in tmp_path.glob("*.jsonl")) <= limit
    records = flight.land().records
    heard = [one for one in records if one["kind"] == "heard"]
    assert heard[-1]["n"] > heard[0]["n"]
    assert "heard-00000001.jsonl" not in {path.name for path in tmp_path.iterdir()}


def test_a_torn_last_record_is_skipped_and_counted_and_the_next_one_is_whole(tmp_path: Path) -> None:
    ring = Ring(tmp_path, "decided", 10_000)
    ring.append([record(1), record(2)])
    ring.close()
    file = tmp_path / "decided-00000001.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    again = Ring(tmp_path, "decided", 10_000)
    again.append([record(3)])
    again.close()
    recorded = read_records(tmp_path)
    assert [one["n"] for one in recorded.records] == [1, 3]
    assert recorded.torn == 1


def test_a_killed_program_leaves_every_record_it_had_written(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )
    assert program.stdout is not None
    seen = [int(program.stdout.readline()) for _ in range(200)]
    program.kill()
    program.communicate()
    recorded = read_records(tmp_path)
    numbers = [one["n"] for one in recorded.records]
    assert numbers[: len(seen)] == seen
    assert numbers == list(range(1, len(numbers) + 1))
    assert recorded.torn <= 1


ENDLESS = """
import itertools, sys
from pathlib import Path
from nba_desktop.adapters.flight.ring import Ring
ring = Ring(Path(sys.argv[1]), "decided", 1 << 30)
for n in itertools.count(1):
    ring.append([{"n": n, "at": "2026-01-05T09:00:00+00:00", "kind": "dropped", "source": "a", "code": "b"}])
    print(n, flush=True)
"""


@pytest.mark.parametrize(
    "line", [b"null", b"[]", b"{}", b'{"n":1,"at":"x","kind":"start"}', b"\xff\xfe", b'{"n":true}', b"[" * 5000]
)
def test_a_line_that_is_no_record_is_counted(line: bytes, tmp_path: Path) -> None:
    (tmp_path / "decided-00000001.jsonl").write_bytes(line + b"\n")
    assert read_records(tmp_path).torn == 1


def test_without_a_folder_there_is_nothing_to_read(tmp_path: Path) -> None:
    assert read_records(tmp_path / "none").records == ()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's on Windows")
def test_only_the_user_can_read_the_files(tmp_path: Path) -> None:
    flight = Flight(tmp_path / "flight-recorder")
    flight.hear(*packets(recordings()[0].read_bytes()))
    flight.land()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "flight-recorder").iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "flight-recorder").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_used_switches_the_recorder_off(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    recorder = FlightRecorder(tmp_path / "file" / "folder", PLENTY)
    recorder.received("asterisk", "asterisk_ami", b"x")
    recorder.decided(call_event(CallEventType.RINGING), Calls(), Calls())
    recorder.flush()
    recorder.close()
    assert recorder.failed


def record(number: int) -> dict[str, object]:
    return {"n": number, "at": START.isoformat(), "kind": "dropped", "source": "asterisk", "code": "malformed_line"}


# ---- encrypted

KEY, OTHER = b"k" * 32, b"o" * 32


def recorded_with(folder: Path, key: bytes | None, cause: str) -> None:
    recorder = FlightRecorder(folder, PLENTY, key=key)
    recorder.dropped("call_url", cause)
    recorder.close()


def causes(folder: Path, key: bytes | None) -> list[str]:
    return [one["code"] for one in read_records(folder, key).records]


def test_with_a_key_every_record_is_encrypted_those_of_before_too(tmp_path: Path) -> None:
    recorded_with(tmp_path, None, "first")
    assert (tmp_path / "key").exists()
    recorded_with(tmp_path, KEY, "second")
    assert {path.name for path in tmp_path.iterdir()} == {"heard.sqlcipher", "decided.sqlcipher"}
    assert all(b"first" not in path.read_bytes() for path in tmp_path.iterdir())
    assert sys.platform == "win32" or {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    assert causes(tmp_path, KEY) == ["first", "second"]
    for key in (None, OTHER):
        recorded = read_records(tmp_path, key)
        assert (recorded.records, recorded.locked) == ((), 2)
    # A day without keyring is recorded beside it, and encrypted at the next start.
    recorded_with(tmp_path, None, "third")
    assert causes(tmp_path, None) == ["third"]
    recorded_with(tmp_path, KEY, "fourth")
    assert causes(tmp_path, KEY) == ["first", "second", "third", "fourth"]
    assert not list(tmp_path.glob("*.jsonl"))


def test_an_encrypted_record_can_be_read_while_the_panel_runs(tmp_path: Path) -> None:
    recorder = FlightRecorder(tmp_path, PLENTY, key=KEY)
    for cause in ("first", "second"):
        recorder.dropped("call_url", cause)
        recorder.flush()
        assert causes(tmp_path, KEY)[-1] == cause
    recorder.close()
    assert not recorder.failed


def test_an_encrypted_ring_stays_within_its_limit_and_shrinks_with_it(tmp_path: Path) -> None:
    for limit, first in ((1_000_000, 0), (400_000, 1500)):
        ring = EncryptedRing(tmp_path, "decided", limit, KEY)
        for begin in range(first, first + 1500, 50):
            ring.append([record(number) | {"code": "x" * 1000} for number in range(begin, begin + 50)])
            sizes = [path.stat().st_size for path in tmp_path.iterdir() if not path.name.endswith("-shm")]
            assert first or sum(sizes) <= limit
        ring.close()
        assert limit // 2 < (tmp_path / "decided.sqlcipher").stat().st_size <= limit
        numbers = [one["n"] for one in read_records(tmp_path, KEY).records]
        assert numbers == list(range(numbers[0], first + 1500))


def test_an_encrypted_ring_that_is_damaged_or_of_another_key_is_begun_anew(tmp_path: Path) -> None:
    recorded_with(tmp_path, OTHER, "first")
    recorded_with(tmp_path, KEY, "second")
    assert causes(tmp_path, KEY) == ["second"]
    ring = EncryptedRing(tmp_path, "heard", 1_000_000, KEY)
    ring.append([record(number) for number in range(1000)])
    ring.close()
    file = tmp_path / "heard.sqlcipher"
    content = bytearray(file.read_bytes())
    content[len(content) // 2 + 100] ^= 1
    file.write_bytes(content)
    recorded = read_records(tmp_path, KEY)
    assert 0 < len(recorded.records) < 1000
    assert recorded.torn == 1
    file.write_bytes(content[:16] + bytes(len(content) - 16))
    recorded_with(tmp_path, KEY, "third")
    assert causes(tmp_path, KEY) == ["second", "third"]
    assert read_records(tmp_path, KEY).torn == 0


def test_damage_that_is_met_while_writing_begins_the_encrypted_ring_anew(tmp_path: Path) -> None:
    ring = EncryptedRing(tmp_path, "heard", 1_000_000, KEY)
    ring.append([record(number) for number in range(100)])
    ring.close()
    file = tmp_path / "heard.sqlcipher"
    content = file.read_bytes()
    # The first page is sound, so that the file opens.
    file.write_bytes(content[:4096] + bytes(len(content) - 4096))
    ring = EncryptedRing(tmp_path, "heard", 1_000_000, KEY)
    ring.append([record(100)])
    ring.close()
    assert [one["n"] for one in read_records(tmp_path, KEY).records] == [100]


def test_a_killed_program_leaves_every_encrypted_record_it_had_written(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", ENDLESS_ENCRYPTED, str(tmp_path)],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert program.stdout is not None
    seen = [int(program.stdout.readline()) for _ in range(50)]
    assert [one["n"] for one in read_records(tmp_path, KEY).records][:50] == seen
    program.kill()
    program.communicate()
    recorded = read_records(tmp_path, KEY)
    numbers = [one["n"] for one in recorded.records]
    assert numbers[: len(seen)] == seen
    assert numbers == list(range(1, len(numbers) + 1))
    assert recorded.torn == 0


ENDLESS_ENCRYPTED = ENDLESS.replace("import Ring", "import EncryptedRing").replace(
    'Ring(Path(sys.argv[1]), "decided", 1 << 30)', 'EncryptedRing(Path(sys.argv[1]), "decided", 1 << 30, b"k" * 32)'
)
