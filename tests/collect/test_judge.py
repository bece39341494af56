"""The judge as a whole: what it says, that it is a function of its input alone, that it is small."""

from __future__ import annotations

import builtins
import os
import pickle
import random
import re
import socket
import subprocess
import sys

import pytest

from pipeline.collect.findings import CODES
from pipeline.collect.judge import judge
from pipeline.compose.findings import gathered, sentence
from pipeline.core.verdicts import Finding
from pipeline.load import load_locale
from tests.collect import decks
from tests.collect.hostile import HOSTILE
from tests.collect.hostile.case import MAIN, SLIDE
from tests.collect.largest import LARGEST
from tests.collect.laws import breaches
from tests.collect.legitimate import LEGITIMATE, noted
from tests.collect.surgery import TYPES, added, packed, related, swapped, unpacked
from tests.conftest import MINIATURE, ROOT

PEAK_MEGABYTES = 300


def test_a_verdict_tells_what_the_deck_is_and_can_be_sent_home():
    verdict = judge(decks.plain(), language="en")
    assert (verdict.slides, verdict.title) == (3, "Opening words")
    assert verdict.title_texts == ("Opening words", "Ada North")
    assert pickle.loads(pickle.dumps(verdict)) == verdict


def test_notes_stay_only_when_the_series_says_so():
    without, with_notes = judge(noted()), judge(noted(), keep_notes=True)
    assert [(each.slide, each.detail) for each in without.removals if each.code == "notes-left-out"] == [
        (1, "3"),
        (2, "3"),
        (3, "3"),
    ]
    assert not any("notesSlides" in name for name in unpacked(without.content))
    assert sum(name.startswith("ppt/notesSlides/notesSlide") for name in unpacked(with_notes.content)) == 3


def test_a_hidden_slide_is_named_by_its_number_and_title():
    (found,) = [each for each in judge(HOSTILE["hidden-slide"].make()).removals if each.code == "hidden-slide"]
    assert (found.slide, found.detail) == (2, "What is at stake")


def test_no_text_of_a_file_changes_the_line_that_it_is_printed_in():
    evil = "x\x9b31m\u202ecod"
    deck = decks.parts()
    related(deck, "", "rIdEvil", "image", f"http://{evil}/", external=True)
    deck[SLIDE] = re.sub(rb"<a:r>(<a:rPr[^>]*/>)?", f'<a:r><a:rPr lang="{evil}"/>'.encode(), deck[SLIDE])
    names = "".join(f'<property fmtid="{{0}}" pid="{n}" name="{evil}{n}"/>' for n in range(1_000))
    added(deck, "docProps/custom.xml", (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
        f"{names}</Properties>"
    ).encode(), "application/vnd.openxmlformats-officedocument.custom-properties+xml", source="", key="rIdC",
        kind="custom-properties")  # fmt: skip
    verdict = judge(packed(deck), language="fr")
    found = {each.code: each.where + each.detail for each in (*verdict.removals, *verdict.remarks)}
    assert found.keys() >= {"external", "language-other", "custom-properties"}
    assert all(text.isprintable() and len(text) < 300 for text in found.values())


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr"])
def test_every_finding_has_a_sentence_in_every_language_and_it_uses_only_the_fields_of_a_finding(language):
    verdicts = load_locale(MINIATURE if language == "ar" else ROOT, language).verdicts
    assert verdicts.keys() >= CODES
    for code, text in ((code, verdicts[code]) for code in CODES):
        assert set(re.findall(r"{(\w*)}", text)) <= {"where", "detail", "slide"}, code


def test_findings_hold_no_name_of_a_person():
    verdict = judge(HOSTILE["author-and-machine"].make())
    assert "TopSecretNeedle" not in " ".join(f"{each.where} {each.detail}" for each in verdict.removals)


def test_a_slide_without_a_tree_of_shapes_is_judged():
    deck = decks.parts()
    slide = deck["ppt/slides/slide2.xml"]
    end = slide.index(b"</p:spTree>") + len(b"</p:spTree>")
    deck["ppt/slides/slide2.xml"] = slide[: slide.index(b"<p:spTree>")] + slide[end:]
    assert ("no-title", 2) in {(each.code, each.slide) for each in judge(packed(deck)).remarks}


def test_nothing_is_opened_written_or_asked_for(monkeypatch):
    content = LEGITIMATE["filled-by-a-speaker"].make()
    judge(content)  # modules are loaded

    def forbidden(*_, **__):
        raise AssertionError("the judge is to be a function of bytes")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(builtins, "open", forbidden)
    monkeypatch.setattr(os, "open", forbidden)
    monkeypatch.setattr(subprocess, "Popen", forbidden)
    assert judge(content).status == "cleaned"


def test_the_same_deck_gives_the_same_bytes_whatever_the_machine():
    command = (
        "import sys,hashlib;from pipeline.collect.judge import judge;"
        "print(hashlib.sha256(judge(sys.stdin.buffer.read()).content).hexdigest())"
    )
    content = LEGITIMATE["filled-by-a-speaker"].make()
    hashes = set()
    for seed, zone in (("0", "UTC"), ("12345", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-c", command], input=content, capture_output=True, env=environment, check=True
        )
        hashes.add(done.stdout)
    assert len(hashes) == 1


@pytest.mark.parametrize("name", LARGEST)
def test_memory_stays_small_whatever_the_file(name, tmp_path):
    file = tmp_path / "deck.pptx"
    file.write_bytes(LARGEST[name]())
    command = (
        "import sys,resource;from pathlib import Path;from pipeline.collect.judge import judge;"
        "print(judge(Path(sys.argv[1]).read_bytes()).status, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024)"
    )
    script = f"{sys.executable} -c '{command}' {file}"  # by a shell: a child begins with the peak of its parent
    done = subprocess.run(
        ["sh", "-c", script], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    status, peak = done.stdout.split()
    assert status == "cleaned"
    assert int(peak) < PEAK_MEGABYTES


VALUES = (
    b'"-1"',
    b'"99999999999999999999"',
    b'""',
    b'"abc"',
    '"²"'.encode(),
    b'"rId1"',
    b'"rId99"',
    b'"1e400"',
    b'"' + b"9" * 5000 + b'"',
)


@pytest.mark.parametrize("seed", range(60))
def test_a_deck_with_random_damage_is_refused_or_cleaned_and_never_breaks_the_judge(seed):
    chance = random.Random(seed)
    content = damaged(LEGITIMATE[chance.choice([name for name in LEGITIMATE if name != "very-long"])].make(), chance)
    verdict = judge(content, language="fr")
    if verdict.status == "refused":
        assert verdict.content == b""
        return
    again = judge(verdict.content, language="fr")
    assert (again.status, again.content == verdict.content) == ("accepted", True)
    assert breaches(verdict.content) == []


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a deck in which a few values, elements or bytes are others."""
    deck = unpacked(content)
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(sorted(deck))
        text = deck[name]
        values = (
            [each.span() for each in re.finditer(rb'(?<==)"[^"]*"', text)] if name.endswith((".xml", ".rels")) else []
        )
        elements = [each.span() for each in re.finditer(rb"<[\w:]+[^<>]*/>", text)] if values else []
        if values and chance.random() < 0.6:
            start, end = chance.choice(values)
            deck[name] = text[:start] + chance.choice(VALUES) + text[end:]
        elif elements and chance.random() < 0.6:
            start, end = chance.choice(elements)
            deck[name] = text[:start] + text[end:]
        elif text:
            at = chance.randrange(len(text))
            deck[name] = text[:at] + bytes([chance.randrange(256)]) + text[at + 1 :]
    return packed(deck)


def _slide_lost(deck: dict[str, bytes], number: int, how: str) -> None:
    """Take the content of a slide out of a deck, in one of the ways in which it is lost."""
    listed = "ppt/_rels/presentation.xml.rels"
    if how == "part":
        del deck[f"ppt/slides/slide{number}.xml"]
    elif how == "target":
        swapped(deck, listed, f"slides/slide{number}.xml", f"slides/slide9{number}.xml")
    elif how == "address":
        swapped(deck, listed, f'"slides/slide{number}.xml"', '"https://example.org/" TargetMode="External"')
    else:
        text = deck[listed].decode()
        line = next(each for each in re.findall(r"<Relationship [^>]*/>", text) if f"slide{number}.xml" in each)
        deck[listed] = text.replace(line, "").encode()


@pytest.mark.parametrize("how", ["part", "target", "address", "relationship"])
def test_a_deck_that_lists_a_slide_it_does_not_hold_is_refused_with_the_number_of_the_slide(how):
    deck = decks.parts()
    _slide_lost(deck, 2, how)
    verdict = judge(packed(deck))
    assert [(each.code, each.detail) for each in verdict.refusals] == [("slide-missing", "2")]
    _slide_lost(deck, 3, how)
    (found,) = judge(packed(deck)).refusals
    assert sentence(found, load_locale(ROOT, "en")).startswith("Missing: slide 2, 3. ")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("vnd.openxmlformats-officedocument.presentationml.template", "other-kind"),
        ("vnd.openxmlformats-officedocument.presentationml.slideshow", "other-kind"),
        ("vnd.ms-powerpoint.presentation.macroEnabled", "macro-file"),
        ("vnd.ms-powerpoint.template.macroEnabled", "macro-file"),
        ("vnd.ms-powerpoint.slideshow.macroEnabled", "macro-file"),
    ],
)
def test_only_a_kind_that_can_carry_macros_is_said_to_carry_them(kind, code):
    deck = decks.parts()
    swapped(deck, TYPES, MAIN, f"application/{kind}.main+xml")
    codes = {each.code for each in judge(packed(deck)).removals}
    assert codes & {"other-kind", "macro-file"} == {code}
    assert ("macros" in sentence(Finding(code=code), load_locale(ROOT, "en"))) is (code == "macro-file")


def test_places_in_brackets_have_no_comma_without_a_place_behind_it():
    english = load_locale(ROOT, "en")
    places = ("Object 1", "ppt/slides/slide1.xml", "Object 7", "")
    findings = [Finding(code="unknown-markup", where=where, slide=1) for where in places]
    ((found, _),) = gathered(findings)
    assert sentence(found, english) == "Content of an unknown kind was removed (Object 1, Object 7)."
    ((found, _),) = gathered(Finding(code="hidden-shape", where=where) for where in ("", "Box, ", ""))
    assert sentence(found, english) == "A hidden object of the slide was removed (Box)."
    ((found, _),) = gathered(Finding(code="language-missing", detail=text) for text in ("", "Hello", ""))
    assert "(Hello)" in sentence(found, english)
