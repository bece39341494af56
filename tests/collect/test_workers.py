"""Files are judged in processes of their own: one that breaks, hangs or swells is refused, and the others go on."""

from __future__ import annotations

import io
import os
import signal as signals
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from pipeline.collect import apart, limits
from pipeline.collect.apart import Job, judged
from pipeline.collect.judge import judge
from pipeline.collect.weight import weight
from tests.collect import decks
from tests.collect.largest import LARGEST
from tests.conftest import ROOT

OWN = 45_000_000  # bytes of the program itself with all that it loads


def jobs(folder, *contents: bytes) -> list[Job]:
    """Return a job for each content, written to a file of its own."""
    for number, content in enumerate(contents):
        (folder / f"{number}.pptx").write_bytes(content)
    return [Job(path=folder / f"{n}.pptx", copy=folder / f"{n}.clean", options={}) for n in range(len(contents))]


def codes(found) -> dict[str, list[str]]:
    return {job.path.stem: [each.code for each in verdict.refusals] for job, verdict in found}


def test_the_copy_lies_at_its_place_and_not_in_the_verdict(tmp_path):
    ((job, verdict),) = judged(jobs(tmp_path, decks.plain()))
    assert verdict.content == b""
    assert job.copy.read_bytes() == judge(decks.plain()).content


def test_a_file_that_is_empty_or_no_deck_or_too_large_is_refused_beside_others(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 200_000)
    found = codes(judged(jobs(tmp_path, decks.plain(), b"", b"MZ a program", bytes(300_000))))
    assert found == {"0": [], "1": ["empty"], "2": ["program-file"], "3": ["too-large"]}
    assert [path.name for path in tmp_path.glob("*.clean")] == ["0.clean"]


def test_a_large_file_is_judged_alone_and_with_the_same_result(tmp_path, monkeypatch):
    together = {job.path.stem: (verdict, job.copy.read_bytes()) for job, verdict in judged(_two(tmp_path))}
    monkeypatch.setattr(apart, "TOGETHER", 0)
    alone = {job.path.stem: (verdict, job.copy.read_bytes()) for job, verdict in judged(_two(tmp_path))}
    assert alone == together


def _two(folder) -> list[Job]:
    return jobs(folder, decks.plain(), decks.charted())


def test_a_file_that_takes_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0)
    assert codes(judged(_two(tmp_path))) == {"0": ["zip-bomb"], "1": ["zip-bomb"]}


@pytest.mark.parametrize("signal", [signals.SIGXCPU, signals.SIGKILL])
def test_a_child_that_the_system_has_ended_took_too_long(tmp_path, monkeypatch, signal):
    monkeypatch.setattr(apart, "judge", lambda content: os.kill(os.getpid(), signal))
    assert codes(judged(_two(tmp_path))) == {"0": ["zip-bomb"], "1": ["zip-bomb"]}


def test_a_child_that_broke_did_not_take_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "judge", lambda content: os._exit(1))
    assert codes(judged(_two(tmp_path))) == {"0": ["zip-broken"], "1": ["zip-broken"]}


SMALL = """
import sys
from pathlib import Path
from pipeline.collect import apart
apart.MEMORY = 20_000_000
paths = [Path(each) for each in sys.argv[1:]]
for job, verdict in apart.judged(apart.Job(path=p, copy=p.with_suffix(".clean"), options={}) for p in paths):
    print(job.path.stem, verdict.status, *(each.code for each in verdict.refusals))
"""


def test_a_file_that_takes_too_much_memory_is_refused_and_leaves_no_copy(tmp_path):
    files = [job.path for job in jobs(tmp_path, LARGEST["flat picture"](), decks.plain())]
    command = [sys.executable, "-c", SMALL, *files]  # a new program: this one may have memory left over
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert sorted(done.stdout.splitlines()) == ["0 refused zip-bomb", "1 cleaned"]
    assert [path.name for path in tmp_path.glob("*.clean")] == ["1.clean"]


@pytest.mark.parametrize("picture", ["large PNG", "damaged TIFF", "damaged EXIF"])
def test_no_warning_of_a_picture_library_reaches_the_screen(tmp_path, capfd, picture):
    content = {
        "large PNG": lambda: decks.pictured(_claimed(decks.png(), 12_000, 9_000)),
        "damaged TIFF": lambda: decks.pictured(_tiff(), "tif", "image/tiff"),
        "damaged EXIF": lambda: decks.pictured(
            decks.jpeg(place=True).replace(b"Secret Camera", b"\xff" * 13), "jpeg", "image/jpeg"
        ),
    }[picture]()
    ((_, verdict),) = judged(jobs(tmp_path, content))
    assert verdict.status == "cleaned"
    assert capfd.readouterr() == ("", "")


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


def test_an_error_of_this_program_in_a_child_is_printed(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(apart, "judge", lambda content: 1 / 0)
    assert codes(judged(jobs(tmp_path, decks.plain()))) == {"0": ["zip-broken"]}
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.mark.parametrize("name", LARGEST)
def test_no_deck_takes_more_memory_than_it_was_weighed(name, tmp_path):
    file = tmp_path / "deck.pptx"
    file.write_bytes(LARGEST[name]())
    command = (
        "import sys,resource;from pathlib import Path;from pipeline.collect.judge import judge;"
        "judge(Path(sys.argv[1]).read_bytes());print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss*1024)"
    )
    script = f"{sys.executable} -c '{command}' {file}"  # by a shell: a child begins with the peak of its parent
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert int(done.stdout) <= OWN + file.stat().st_size + weight(file.read_bytes())
