"""The command line of the bench: `python -m tests.bench [--quick] [--json FILE] [--profile]`."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypandoc

from tests.bench import cases, parts, people
from tests.bench.cases import Bench, Result
from tests.bench.distributed import workers
from tests.bench.growth import grown
from tests.bench.measure import MEMORY
from tests.bench.peer import Peer, markdown
from tests.bench.returned import returned
from tests.bench.table import as_json, table
from tests.bench.watching import watched

ROOT = Path(__file__).parents[2]
NOTE = f"""\
Peer: `make -j2` over bare pandoc and Typst, a process a file, from ready Markdown; the same kinds, formats, citations.
It makes less: no site, no manifests, mails without what is attached to them, no PDF/UA, and decks without our template,
which pandoc cannot use. No wheel brings the command line of Typst: a bare Python calls it, some 10 ms dearer a PDF.
Both take turns; ratios are medians over neighbouring runs: `wall` and `CPU` say how many times the pipeline's
time the reference takes (for `python -c pass` the other way round). CPU counts every process that was started.
Memory: {MEMORY}, at its peak, in a run of its own.
PYTHONDONTWRITEBYTECODE is unset for every run: with it each start would compile the libraries again.
"""


def main() -> None:
    """Measure, print, and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, no 50 and 500 seminars (three minutes)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file, too")
    parser.add_argument("--profile", action="store_true", help="only show where the time of a cold build goes")
    chosen = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        if chosen.profile:
            print(parts.report(ROOT, Path(scratch) / "output"), end="")
            return
        results = list(_measured(_bench(Path(scratch), chosen.quick), chosen.quick))
    print(f"\n{table(results)}\n\n{NOTE}{time.perf_counter() - started:.0f} seconds in all.")
    if chosen.json:
        chosen.json.write_text(as_json(results), encoding="utf-8")


def _bench(scratch: Path, quick: bool) -> Bench:
    pandoc = pypandoc.get_pandoc_path()
    peer = Peer(markdown=scratch / "markdown", root=ROOT, pandoc=pandoc)
    markdown.write(ROOT, peer.markdown, pandoc)
    return Bench(root=ROOT, peer=peer, scratch=scratch, short=3 if quick else 5, long=2 if quick else 3)


def _measured(bench: Bench, quick: bool) -> Iterator[Result]:
    """Yield the results, with a line for each as it comes."""
    for case in (cases.cold, cases.one_seminar, cases.no_op, cases.no_op_of_make, cases.edited_role):
        print(f"… {case.__doc__}", flush=True)
        yield case(bench)
    print(f"… {watched.__doc__}", flush=True)
    yield watched(bench)
    print("… registrations and certificates of many people.", flush=True)
    yield from people.measured(bench, quick=quick)
    print(f"… {returned.__doc__}", flush=True)
    yield from returned(bench)
    print("… two Dask workers against one.", flush=True)
    yield workers(bench, quick=quick)
    if not quick:
        print("… 5, 50 and 500 seminars (some minutes).", flush=True)
        yield from grown(bench)


if __name__ == "__main__":
    main()
