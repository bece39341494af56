"""How time and memory grow with the number of seminars: 5, 50 and 500 of them, built cold."""

from __future__ import annotations

import shutil
from dataclasses import replace

from tests.bench import synthetic
from tests.bench.cases import Bench, Result, middle
from tests.bench.measure import Usage, peak, run
from tests.bench.peer import Peer, markdown

MEGABYTE = 1_000_000
SLACK = 1.25
"""How much dearer a seminar may be among 500 than among 50 before growth is no longer called linear."""


def grown(bench: Bench) -> list[Result]:
    """Return 5, 50 against the peer, and 500, each from a synthetic series that is removed when it is built."""
    five, fifty, many = _five(bench), _fifty(bench), _built(bench, 500)
    before = (fifty.pipeline.wall - five.pipeline.wall) / 45
    after = (many.pipeline.wall - fifty.pipeline.wall) / 450
    reached = after <= SLACK * before and many.pipeline.wall < 110 and many.memory < 3 * 300 * MEGABYTE
    case = f"500 seminars ({after * 1000:.0f} ms each; {before * 1000:.0f} from 5 to 50)"
    target = "linear, < 110 s, < 300 MB a process"
    return [five, fifty, replace(many, case=case, target=target, goal="< 60 s", reached=reached)]


def _five(bench: Bench) -> Result:
    """Return the median of some rounds: a difference of 5 and 50 rests on it."""
    found = [_built(bench, 5) for _ in range(bench.long)]
    return replace(found[0], pipeline=middle([each.pipeline for each in found]))


def _fifty(bench: Bench) -> Result:
    """Return 50 seminars before and after the one run of the peer, which takes long."""
    root = synthetic.series(bench.root, bench.fresh("series-50"), 50)
    peer = Peer(markdown=bench.fresh("markdown-50"), root=bench.root, pandoc=bench.peer.pandoc)
    markdown.write(root, peer.markdown, peer.pandoc)
    names = sorted(path.stem for path in (root / "sources/seminars").glob("*.yaml"))
    build = bench.pipeline("build", *names, "--root", root)  # named: without the site, which the peer does not make
    first = run(build, bench.root)
    shutil.rmtree(root / "output")
    theirs = run(peer.command(bench.fresh("peer-50")), bench.root)
    second, memory = peak(build, bench.root, 0.05)
    ours = middle([first, second])
    for folder in (root, peer.markdown, bench.scratch / "peer-50"):
        shutil.rmtree(folder)
    found = Result(case="50 seminars", pipeline=ours, reference=theirs, memory=memory, **_ratios(theirs, ours))
    return replace(found, target="≥ 3.5× wall", goal="≥ 6×", reached=found.wall >= 3.5)


def _ratios(theirs: Usage, ours: Usage) -> dict[str, float]:
    return {"wall": theirs.wall / ours.wall, "cpu": theirs.cpu / ours.cpu}


def _built(bench: Bench, count: int) -> Result:
    root = synthetic.series(bench.root, bench.fresh(f"series-{count}"), count)
    usage, memory = peak(bench.pipeline("build", "--root", root), bench.root, 0.05)
    shutil.rmtree(root)
    return Result(case=f"{count} seminars", pipeline=usage, memory=memory)
