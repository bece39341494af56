"""What reference managers export is read, what is handed out is read again as it was, and no file hangs."""

# ruff: noqa: E501

from __future__ import annotations

import json
import time

import pypandoc
import pytest

from pipeline.curate.bibtex import bibtex
from pipeline.load.bibliography import BIB, read_references
from pipeline.load.files import Sources
from tests.faults import put, remarks
from tests.load.corpus import STYLES, corpus, figures

WORK = (
    "@book{{{}, title = {{{{Two Harbours}}}}, date = {{2019}}, langid = {{english}}, keywords = {{segment:search}}}}\n"
)


def read(text: str | bytes, root):
    (root / "bibliography").mkdir(exist_ok=True)
    put(root, BIB, text)
    sources = Sources(root=root)
    return read_references(sources), [str(problem) for problem in sources.problems], sources.remarks


def test_the_corpus_is_read_without_a_mistake_line_and_every_real_mistake_is_named(tmp_path):
    count = figures(tmp_path)
    print(count)
    assert count["files"] >= 60 and {bib.style for bib in corpus()} >= set(STYLES)
    assert count["files with a mistake line"] < 0.05 * count["files"]
    assert count["entries with a mistake line"] < 0.01 * count["entries"]
    assert count["real mistakes not named"] == count["lines beside them"] == 0


def test_what_is_handed_out_is_read_again_as_it_was_by_us_and_by_pandoc(tmp_path):
    for bib in [bib for bib in corpus() if not bib.mistakes][::6]:
        listed = {key: one for key, one in read(bib.text, tmp_path)[0].items() if one.segments}
        handed = "\n".join(bibtex(one.kind, key, one.fields) for key, one in listed.items())
        again, problems, _ = read(handed, tmp_path)
        assert problems == []
        assert {key: (one.kind, one.fields) for key, one in again.items()} == {
            key: (one.kind, one.fields) for key, one in listed.items()
        }
        items = json.loads(pypandoc.convert_text(handed, "csljson", "biblatex"))
        assert [item["id"] for item in items] == list(listed)
        assert all(
            item.get("DOI", one.fields.get("doi")) == one.fields.get("doi")
            for item, one in zip(items, listed.values(), strict=True)
        )


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", []),
        (WORK.format("one").encode("utf-8-sig"), []),
        (WORK.format("one").replace("\n", "\r\n").encode(), []),
        (WORK.format("one").encode("utf-16"), []),
        (WORK.format("one").replace("Two", "D\u00e9ux").encode("latin-1"), ["1: this line is not UTF-8 text (byte 0xe9)"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", ["1: this line is not UTF-8 text (byte 0x89)"]),
        (b"@book{a\x00b, title={x}}", ["1: this file is not text"]),
        (WORK.format("one").replace("Two", "{" * 20_000 + "Two" + "}" * 20_000).encode(), ["1: the braces of `title` are nested too deeply"]),
        (b"@book{" + b"{" * 200_000, ["1: this entry does not begin correctly"]),
        (b"@" * 200_000, ["1: `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@…` is outside every entry"]),
        (("".join(WORK.format(f"w{i}").replace("segment:search", "x") for i in range(10_000))).encode(), []),
        (WORK.format("one").replace("@book{one,", "@book{one, abstract = {" + "long words = many, " * 60_000 + "},").encode(), []),
    ],
)  # fmt: skip
def test_no_file_hangs_and_one_that_cannot_be_read_is_named_with_its_line(content, said, tmp_path):
    started = time.process_time()
    _, problems, _ = read(content, tmp_path)
    assert time.process_time() - started < 30
    assert len(problems) == len(said) and all(
        problem.startswith(f"{BIB}:{message}") for problem, message in zip(problems, said, strict=True)
    ), problems[:3]


def test_all_works_without_a_segment_in_all_files_are_one_remark(miniature):
    put(miniature, "bibliography/a.bib", "@misc{x, title = {X}}\n@misc{y, title = {Y}}\n")
    put(miniature, "bibliography/b.bib", "@misc{, title = {X}}\n@misc{y, title = {Y}}\n")
    put(miniature, "bibliography/zotero.ris", "TY  - BOOK\n")
    assert remarks(miniature, "bibliography/a.bib") == [
        "1: 3 works have no keyword `segment:…` and so no list; the first is `x`"
    ]
    assert remarks(miniature, "bibliography/b.bib") == [
        "2: `y` is already the key of the entry at bibliography/a.bib:2: the first is used"
    ]
    assert remarks(miniature, "bibliography/zotero.ris") == [
        "1: this file is not read: only BibTeX is, in files that end in .bib"
    ]


def test_one_doi_twice_is_a_remark(tmp_path):
    text = WORK.format("one").replace("title", "doi = {10.1234/A}, title")
    _, problems, said = read(
        text + text.replace("one", "two").replace("10.1234/A", "https://doi.org/10.1234/a"), tmp_path
    )
    assert problems == []
    assert [remark.message for remark in said] == [f"`two` has the same DOI as `one` ({BIB}:1): is it one work?"]
