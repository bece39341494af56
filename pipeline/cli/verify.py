"""The commands by which the desk answers for certificates: is this code genuine, and withdraw this one."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline import certificates as stage
from pipeline.workflows.people import Lines

_NOTHING = "unknown: no certificate has this code or number; nothing was changed"


def verify(code: str, root: Path, *, with_name: bool = False) -> Lines:
    """Return whether a code is that of a certificate, and 0 if it is a valid one; a name only where it is asked for."""
    found = None
    if (root / stage.REGISTER).exists():
        with stage.Register.opened(root) as register:
            found = register.find(code)
    if not found:
        return ["unknown: no certificate has this code"], 1
    what = f"certificate {found.number}, {found.title}, {found.date.isoformat()}"
    name = f"; issued to {found.name}" if with_name and found.name else ""
    said = {
        "valid": f"valid: {what}{name}",
        "revoked": f"revoked: {what}",
        "expired": f"issued: {what}; the name has been deleted since and can no longer be checked",
    }
    return [said[found.state]], 1 if found.state == "revoked" else 0


def revoke(text: str, root: Path, output: Path) -> Lines:
    """Withdraw the certificate with this code or number, remove its file and its row, and return what is said."""
    from pipeline.core.lock import locked

    if not (root / stage.REGISTER).exists():
        return [_NOTHING], 1
    with locked(output), stage.Register.opened(root) as register:
        found = register.find(text, numbers=True)
        if not found:
            return [_NOTHING], 1
        register.revoke(found.number)
        folder = output / found.seminar / stage.CERTIFICATES
        (folder / f"{found.number}.pdf").unlink(missing_ok=True)
        if (folder / stage.LIST).is_file():
            stage.write_private(folder / stage.LIST, _without(found.number, (folder / stage.LIST).read_bytes()))
    said = "was revoked before" if found.state == "revoked" else "revoked"
    return [f"{said}: certificate {found.number}, {found.title}, {found.date.isoformat()}"], 0


def _without(number: str, table: bytes) -> bytes:
    """Return the list without the row of a number, whichever way a spreadsheet has saved it since."""
    return re.sub(rb'(?m)^"?' + re.escape(number.encode()) + rb'"?[,;\t].*\n?', b"", table)
