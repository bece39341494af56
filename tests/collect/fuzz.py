"""Searches for inputs that break a promise of the judge: `python -m tests.collect.fuzz --seconds 600`.

A new input that reaches code which none of the corpus reaches is written to `--found`; `--merge` takes those that are
needed for it into the corpus. An input that breaks a promise is written to the same folder as `crash-…`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline.collect"]):
    from tests.collect import fuzzed

CORPUS = Path(__file__).with_name("corpus")


def main() -> None:
    """Run libFuzzer for some seconds, or until an input breaks a promise."""
    read = argparse.ArgumentParser()
    read.add_argument("--seconds", type=int, default=600)
    read.add_argument("--seed", type=int, default=0, help="0 is another one each time")
    read.add_argument("--found", type=Path, default=Path("output/fuzz"))
    read.add_argument("--merge", action="store_true")
    chosen = read.parse_args()
    chosen.found.mkdir(parents=True, exist_ok=True)
    folders = [str(CORPUS), str(chosen.found)] if chosen.merge else [str(chosen.found), str(CORPUS)]
    options = [f"-max_total_time={chosen.seconds}", f"-seed={chosen.seed}", f"-artifact_prefix={chosen.found}/"]
    options += [
        f"-max_len={fuzzed.LONGEST}",
        f"-timeout={fuzzed.SECONDS}",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, *(["-merge=1"] if chosen.merge else []), *folders], fuzzed.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
