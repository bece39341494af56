"""Files are judged in processes of their own: one that breaks, hangs or swells is refused, and the others go on."""

from __future__ import annotations

import io
import os
import signal as signals
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import BinaryIO

import psutil
import pytest
from PIL import Image

from pipeline.collect import limits
from pipeline.collect.child import Bounds, Job
from pipeline.collect.judge import judge
from pipeline.collect.large import is_large
from pipeline.collect.workers import judged
from pipeline.core.verdicts import Verdict
from tests.collect import decks
from tests.collect.largest import LARGEST
from tests.conftest import ROOT

PATIENCE = 60
"""Seconds until a program that does not end is a failure."""


def jobs(folder, *contents: bytes, **options) -> list[Job]:
    """Return a job for each content, written to a file of its own."""
    for number, content in enumerate(contents):
        (folder / f"{number}.pptx").write_bytes(content)
    return [Job(path=folder / f"{n}.pptx", copy=folder / f"{n}.clean", options=options) for n in range(len(contents))]


def codes(found) -> dict[str, list[str]]:
    return {job.path.stem: [each.code for each in verdict.refusals] for job, verdict in found}


def ran(code: str, *arguments) -> subprocess.CompletedProcess[str]:
    """Return a finished run of Python code in a program of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=PATIENCE)


# --- what children do instead of judging: each needs a name by which a child finds it ---------------------------------


def killed(file: BinaryIO, *, signal: int) -> Verdict:
    os.kill(os.getpid(), signal)
    return judge(file)


def broken(file: BinaryIO) -> Verdict:
    os._exit(1)


def mistaken(file: BinaryIO) -> Verdict:
    return judge(file) if file.read(1) == b"P" else 1 / 0


def misread(file: BinaryIO) -> Verdict:
    raise OSError("an error of a library has no number")


def endless(file: BinaryIO) -> Verdict:
    while True:
        pass


def asleep(file: BinaryIO) -> Verdict:
    time.sleep(PATIENCE)
    return judge(file)


def greedy(file: BinaryIO) -> Verdict:
    return judge(bytes(bytearray(400_000_000)))


def met(file: BinaryIO, *, place: Path) -> Verdict:
    """Wait for another child to do the same."""
    (place / f"{os.getpid()}.here").touch()
    until = time.monotonic() + 10
    while len(list(place.glob("*.here"))) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    return Verdict(status="accepted", slides=len(list(place.glob("*.here"))))


def kept(file: BinaryIO) -> Verdict:
    """Use and free two large blocks, and say how many megabytes the process still has of them."""
    before = psutil.Process().memory_info().rss
    first = bytearray(b"x") * 20_000_000
    del first
    second, behind = bytearray(b"x") * 20_000_000, bytearray(b"x") * 100_000
    del second
    return Verdict(status="accepted", slides=(psutil.Process().memory_info().rss - before - len(behind)) // 1_000_000)


# --- claims -----------------------------------------------------------------------------------------------------------


def test_the_copy_lies_at_its_place_and_not_in_the_verdict(tmp_path):
    ((job, verdict),) = judged(jobs(tmp_path, decks.plain()))
    assert verdict.content == b""
    assert job.copy.read_bytes() == judge(decks.plain()).content


def test_a_file_that_is_empty_or_no_deck_or_too_large_is_refused_beside_others(tmp_path):
    given = jobs(tmp_path, decks.plain(), b"", b"MZ a program", b"")
    os.truncate(given[3].path, limits.FILE_BYTES + 1)
    assert codes(judged(given)) == {"0": [], "1": ["empty"], "2": ["program-file"], "3": ["too-large"]}
    assert [path.name for path in tmp_path.glob("*.clean")] == ["0.clean"]


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    given = jobs(tmp_path, b"")
    os.truncate(given[0].path, limits.FILE_BYTES + 1)
    assert codes(judged(given, judging=broken)) == {"0": ["too-large"]}


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one file after the other on one core")
def test_two_files_are_judged_at_the_same_time(tmp_path):
    verdicts = [verdict.slides for _, verdict in judged(jobs(tmp_path, b"", b"", place=tmp_path), judging=met)]
    assert verdicts == [2, 2]


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_files_are_large(name):
    assert is_large(io.BytesIO(LARGEST[name]()))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have another library for memory")
def test_a_child_gives_large_blocks_of_memory_back(tmp_path):
    ((_, verdict),) = judged(jobs(tmp_path, decks.plain()), judging=kept)
    assert verdict.slides < 5


def test_only_the_children_load_the_libraries_that_decode():
    libraries = "{'PIL', 'pillow_heif', 'mutagen', 'pptx'}"
    code = f"import sys, pipeline.workflows.presentations; print({libraries} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_file_that_is_small_or_damaged_is_not_large():
    contents = decks.plain(), decks.charted(), b"", b"MZ", decks.plain()[:-9], decks.pictured(decks.png()[:40])
    assert not any(is_large(io.BytesIO(content)) for content in contents)


def test_a_large_file_is_judged_after_the_others_and_with_the_same_result(tmp_path):
    large = LARGEST["flat picture"]()
    found = list(judged(jobs(tmp_path, large, decks.plain(), decks.charted())))
    assert found[-1][0].path.stem == "0"
    assert found[-1][0].copy.read_bytes() == judge(large).content


def _two(folder) -> list[Job]:
    return jobs(folder, decks.plain(), decks.charted())


def test_a_file_that_takes_too_long_is_refused(tmp_path):
    found = judged(_two(tmp_path), judging=endless, bounds=Bounds(processor=1))
    assert codes(found) == {"0": ["zip-bomb"], "1": ["zip-bomb"]}


def test_a_child_that_takes_no_time_of_the_processor_but_does_not_end_is_an_error_of_this_machine(tmp_path):
    with pytest.raises(TimeoutError, match="not judged within 1 seconds.*pptx"):
        list(judged(_two(tmp_path), judging=asleep, bounds=Bounds(clock=1)))


def test_a_file_that_exceeds_the_time_of_the_processor_took_too_long(tmp_path):
    given = jobs(tmp_path, decks.plain(), decks.charted(), signal=signals.SIGXCPU)
    assert codes(judged(given, judging=killed)) == {"0": ["zip-bomb"], "1": ["zip-bomb"]}


@pytest.mark.parametrize("signal", [signals.SIGKILL, signals.SIGBUS, signals.SIGTERM])
def test_a_child_that_the_system_has_ended_is_an_error_of_this_machine(tmp_path, signal):
    given = jobs(tmp_path, decks.plain(), decks.charted(), signal=signal)
    with pytest.raises(OSError, match="ended without an answer.*pptx"):
        list(judged(given, judging=killed))


@pytest.mark.parametrize("signal", [signals.SIGSEGV, signals.SIGABRT])
def test_a_child_that_crashed_did_not_take_too_long(tmp_path, signal):
    given = jobs(tmp_path, decks.plain(), decks.charted(), signal=signal)
    assert codes(judged(given, judging=killed)) == {"0": ["zip-broken"], "1": ["zip-broken"]}


def test_a_child_that_ends_without_an_answer_is_not_the_fault_of_its_file(tmp_path):
    with pytest.raises(OSError, match="the process that judged this file"):
        list(judged(_two(tmp_path), judging=broken))


def test_a_file_that_takes_too_much_memory_is_refused(tmp_path):
    found = judged(_two(tmp_path), judging=greedy, bounds=Bounds(memory=300_000_000))
    assert codes(found) == {"0": ["zip-bomb"], "1": ["zip-bomb"]}


def test_a_deck_that_takes_too_much_memory_is_refused_and_leaves_no_copy(tmp_path):
    given = jobs(tmp_path, LARGEST["flat picture"](), decks.plain())
    assert codes(judged(given, bounds=Bounds(memory=20_000_000))) == {"0": ["zip-bomb"], "1": []}
    assert [path.name for path in tmp_path.glob("*.clean")] == ["1.clean"]


JUDGED = """
import sys
from pathlib import Path
from typing import BinaryIO
from pipeline.collect.child import Job
from pipeline.collect.workers import judged
if __name__ == "__main__":
    paths = [Path(each) for each in sys.argv[1:]]
    for job, verdict in judged(Job(path=p, copy=p.with_suffix(".clean"), options={}) for p in paths):
        print(job.path.stem, verdict.status, *(each.code for each in verdict.refusals))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the memory of processes that share some")
@pytest.mark.parametrize("name", ["tree", "flat picture", "video"])
def test_two_large_files_take_no_more_memory_than_one(tmp_path, name):
    files, most = [job.path for job in jobs(tmp_path, *2 * [LARGEST[name]()])], 0
    command, environment = [sys.executable, "-c", JUDGED, *files], {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL) as program:
        while program.poll() is None:
            most = max(most, sum(map(memory, in_session(program.pid))))
            time.sleep(0.01)
    assert program.returncode == 0
    assert most < 300_000_000


def memory(process: psutil.Process) -> int:
    """Return the bytes of a process, with its share of those that it has in common with others."""
    try:
        return process.memory_full_info().pss
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


@pytest.mark.parametrize("picture", ["large PNG", "damaged TIFF", "damaged EXIF"])
def test_no_warning_of_a_picture_library_reaches_the_screen(tmp_path, picture):
    content = {
        "large PNG": lambda: decks.pictured(_claimed(decks.png(), 12_000, 9_000)),
        "damaged TIFF": lambda: decks.pictured(_tiff(), "tif", "image/tiff"),
        "damaged EXIF": lambda: decks.pictured(
            decks.jpeg(place=True).replace(b"Secret Camera", b"\xff" * 13), "jpeg", "image/jpeg"
        ),
    }[picture]()
    (job,) = jobs(tmp_path, content)
    done = ran(JUDGED, job.path)
    assert (done.stdout, done.stderr) == ("0 cleaned\n", "")


def _claimed(content: bytes, width: int, height: int) -> bytes:
    """Return a PNG that claims another size."""
    head = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:]


def _tiff() -> bytes:
    """Return a compressed TIFF with a tag that libtiff warns of, in C."""
    Image.new("RGB", (40, 40)).save(out := io.BytesIO(), "TIFF", compression="tiff_lzw")
    content = bytearray(out.getvalue())
    (at,) = struct.unpack("<I", content[4:8])
    content[at + 2 + 12 : at + 4 + 12] = struct.pack("<H", 250)  # out of order, and unknown
    return bytes(content)


def test_a_mistake_of_this_program_is_raised_with_its_traceback_after_the_other_verdicts(tmp_path):
    found = []
    with pytest.raises(ExceptionGroup) as raised:
        for job, verdict in judged(jobs(tmp_path, b"", decks.plain()), judging=mistaken):
            found.append((job.path.stem, verdict.status))
    ((text,),) = (each.args for each in raised.value.exceptions)
    assert "0.pptx" in text
    assert "in mistaken\n" in text
    assert "ZeroDivisionError" in text
    assert found == [("1", "cleaned")]


def test_an_error_of_a_library_that_is_not_caught_is_a_mistake_of_this_program(tmp_path):
    with pytest.raises(ExceptionGroup):
        list(judged(jobs(tmp_path, decks.plain()), judging=misread))


# --- Ctrl-C, and the end of the program ------------------------------------------------------------------------------

SLEEPING = """
import sys
from pathlib import Path
from typing import BinaryIO
from pipeline.cli.app import end_at_once
from pipeline.cli.errors import exit_code
from pipeline.collect.child import Job
from pipeline.collect.workers import judged
from tests.collect.test_workers import asleep
jobs = [Job(path=Path(sys.argv[1]), copy=Path("none"), options={}) for _ in range(9)]
def run():
    print("begins", flush=True)
    list(judged(jobs, judging=asleep))
end_at_once(exit_code(run))
"""


@pytest.fixture
def sleeping(tmp_path):
    """A program whose children would sleep for a minute, with all of them in a session of its own."""
    (job,) = jobs(tmp_path, decks.plain())
    command, pipe = [sys.executable, "-c", SLEEPING, job.path], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as program:
        assert program.stdout.readline() == "begins\n"
        yield program
        for left in in_session(program.pid):
            left.kill()


def in_session(number: int) -> list[psutil.Process]:
    """Return the processes of a session that have not ended."""
    found = []
    for each in psutil.process_iter():
        try:
            if os.getsid(each.pid) == number and each.status() != psutil.STATUS_ZOMBIE:
                found.append(each)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def ends(number: int, *, count: int = 0) -> bool:
    """Return whether a session comes to have this number of processes, or more than none, in some seconds."""
    until = time.monotonic() + 15
    while (len(in_session(number)) < count or not count and in_session(number)) and time.monotonic() < until:
        time.sleep(0.02)
    return time.monotonic() < until


@pytest.mark.parametrize("pause", [0, 0.02, 0.1, 0.3, 0.6, 1.5])
@pytest.mark.parametrize("times", [1, 9])
def test_ctrl_c_ends_the_judging_quietly_and_leaves_no_process(sleeping, pause, times):
    time.sleep(pause)
    for _ in range(times):
        os.killpg(sleeping.pid, signals.SIGINT)  # as a terminal does: to all its processes
        time.sleep(0.01)
    _, said = sleeping.communicate(timeout=PATIENCE)
    assert (sleeping.returncode, said) == (130, "stopped; the next run continues where this one ended.\n")
    assert ends(sleeping.pid)


def test_the_children_of_a_program_that_is_killed_end(sleeping):
    assert ends(sleeping.pid, count=4)  # the program, two servers, a child
    sleeping.kill()
    assert ends(sleeping.pid)


def test_an_error_of_this_machine_leaves_no_child(tmp_path):
    given = jobs(tmp_path, decks.plain(), decks.charted())
    with pytest.raises(TimeoutError):
        list(judged(given, judging=asleep, bounds=Bounds(clock=0.5)))
    children = [each for each in psutil.Process().children(recursive=True) if each.status() != psutil.STATUS_ZOMBIE]
    assert len(children) <= 2  # the fork server and the tracker of resources
