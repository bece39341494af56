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
COMMAND = f"{sys.executable} -m tests.collect.fuzz"


def main() -> None:
    """Run libFuzzer for some seconds, or until an input breaks a promise."""
    read = argparse.ArgumentParser()
    read.add_argument("--seconds", type=int, default=600)
    read.add_argument("--seed", type=int, default=0, help="0 is another one each time")
    read.add_argument("--found", type=Path, default=Path("output/fuzz"))
    read.add_argument("--merge", action="store_true")
    chosen, options = read.parse_known_args()
    # To merge, libFuzzer runs this command again with options of its own.
    atheris.Setup([COMMAND, *(options or _options(chosen))], fuzzed.check)
    atheris.Fuzz()


def _options(chosen: argparse.Namespace) -> list[str]:
    """Return the options of libFuzzer, and the folders: it writes to the first one."""
    chosen.found.mkdir(parents=True, exist_ok=True)
    options = [f"-seed={chosen.seed}", f"-max_len={fuzzed.LONGEST}", f"-timeout={fuzzed.SECONDS}", "-rss_limit_mb=2048"]
    if chosen.merge:  # the fewest files that reach the same code
        return [*options, "-set_cover_merge=1", "-use_counters=0", str(CORPUS), str(chosen.found)]
    options += [f"-max_total_time={chosen.seconds}", f"-artifact_prefix={chosen.found}/", "-print_final_stats=1"]
    return [*options, str(chosen.found), str(CORPUS)]


if __name__ == "__main__":
    main()
