"""Counts what was stopped and what was kept, and says so at the end."""

from __future__ import annotations

from tests.libreoffice import saved_by_libreoffice  # noqa: F401 - a fixture

COUNTS: dict[str, list[bool]] = {}
_SENTENCES = {"hostile": "hostile: {good} stopped of {all}", "legitimate": "legitimate: {good} kept of {all}"}


def pytest_runtest_logreport(report):
    """Take down each deck once, by the marker in the name of its test."""
    if report.when != "call" or "tests/collect/" not in report.nodeid:
        return
    for kind, test in (("hostile", "::test_hostile_is_stopped["), ("legitimate", "::test_legitimate_is_kept[")):
        if test in report.nodeid and not report.skipped:
            COUNTS.setdefault(kind, []).append(report.passed)


def pytest_terminal_summary(terminalreporter):
    """Print the counts of decks in one line."""
    said = [_SENTENCES[kind].format(good=sum(each), all=len(each)) for kind, each in sorted(COUNTS.items())]
    if said:
        terminalreporter.write_line("; ".join(said))
