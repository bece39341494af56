"""Many machines, as far as one can stand for them: two Dask workers against one, on the same synthetic seminars."""

from __future__ import annotations

import shutil

from tests.bench import synthetic
from tests.bench.cases import Bench, Result
from tests.bench.measure import run
from tests.build.cluster import cluster

SEMINARS, FEW = 200, 20


def workers(bench: Bench, *, quick: bool) -> Result:
    """Return two workers of a Dask scheduler against one; all of them are processes of this machine."""
    count = FEW if quick else SEMINARS
    root = synthetic.series(bench.root, bench.fresh("distributed"), count)
    names = sorted(path.stem for path in (root / "sources/seminars").glob("*.yaml"))
    taken = []
    for number in (1, 2):
        with cluster(bench.fresh(f"dask-{number}"), number) as dask:
            shutil.rmtree(root / "output", ignore_errors=True)
            build = bench.pipeline("build", *names, "--root", root, "--scheduler", dask.address)
            taken.append(run(build, bench.root))
    shutil.rmtree(root)
    one, two = taken
    ratio = one.wall / two.wall
    return Result(
        case=f"{count} seminars, two Dask workers against one",
        pipeline=two,
        reference=one,
        wall=ratio,
        target="≥ 1.6× wall",
        goal="≥ 1.8×",
        reached=ratio >= 1.6,
    )
