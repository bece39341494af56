"""Stage: makes a package from a seminar's finished files: manifest, checksums and zip depend only on these files."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping

from pipeline.core.documents import Artifact
from pipeline.core.sources import Seminar, Series

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
_DATE = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_TEXT = (".html", ".json", ".bib", SUMS)


def sha256(content: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def manifest(artifacts: Iterable[Artifact], seminar: Seminar, series: Series) -> bytes:
    """Return `manifest.json`, the list of the package's files for programs."""
    listed = {
        "series": series.id,
        "seminar": seminar.id,
        "date": seminar.date.isoformat(),
        "language": series.locales[seminar.language].tag,
        "edition": seminar.edition,
        "files": [
            {
                "path": a.path,
                "title": a.title,
                "language": a.language,
                "kind": a.kind,
                "format": a.format,
                "size": a.size,
                "sha256": a.sha256,
                "edition": seminar.edition,
                "fingerprint": a.fingerprint,
            }
            for a in artifacts
        ],
    }
    return (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode()


def sums(checksums: Mapping[str, str]) -> bytes:
    """Return `SHA256SUMS` as `sha256sum -c` reads it, from the SHA-256 of each file by its name."""
    return "".join(f"{checksums[name]}  {name}\n" for name in sorted(checksums)).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files; those of a compressed format are stored as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith(_TEXT) else zipfile.ZIP_STORED
            archive.writestr(entry, files[name])
    return out.getvalue()
