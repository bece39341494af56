"""Whether a seminar is held as printed.

This type has a module of its own, so that `collect` and its child processes do not import pydantic with `sources`.
"""

from __future__ import annotations

from typing import Literal

Status = Literal["tentative", "confirmed", "postponed", "cancelled"]
"""The statuses in their usual order."""
