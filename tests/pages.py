"""Remakes the pictures of pages that the README shows: `make pages`, with poppler, LibreOffice and Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.conftest import ROOT, run

PAGES = ROOT / "tests/golden/pages"
WIDTH = 420  # pixels of one page in a picture
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
]


def main() -> int:
    """Return 0 when all pictures are made, 2 when a program for it is missing."""
    needed = ("pdftoppm", "soffice", "chromium")
    missing = [name for name in needed if not shutil.which(name)]
    if missing:
        print(f"missing for `make pages`: {', '.join(missing)}", file=sys.stderr)
        return 2
    PAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        done = run("build", "--output", str(folder / "output"))
        if done.returncode:
            print(done.stdout + done.stderr, file=sys.stderr)
            return 1
        _documents(folder)
        _decks(folder)
        _landing(folder)
    return 0


def _documents(folder: Path) -> None:
    french = next((folder / "output/africa-fr/package").glob("*fiche-d-information.pdf"))
    spanish = next((folder / "output/lac-es/package").glob("*introduccion-y-programa.pdf"))
    english = next((folder / "output/asia-pacific-en/package").glob("*bibliography.pdf"))
    pages = [_pdf_pages(path, folder) for path in (french, spanish, english)]
    _row([pages[0][0], pages[0][1], pages[1][1], pages[2][0]], PAGES / "documents.png")
    word = next((folder / "output/africa-fr/package").glob("*fiche-d-information.docx"))
    _row(_pdf_pages(_converted(word, folder), folder)[:2], PAGES / "word.png")


def _decks(folder: Path) -> None:
    seminar = _pdf_pages(_converted(next((folder / "output/africa-fr/package").glob("*.pptx")), folder), folder)
    speaker = _pdf_pages(
        _converted(next((folder / "output/africa-fr/speakers/sidi-raliou").glob("*.pptx")), folder), folder
    )
    _row([seminar[0], seminar[1], seminar[6], speaker[0], speaker[3]], PAGES / "slides.png")


def _landing(folder: Path) -> None:
    page = folder / "output/africa-fr/package/index.html"
    shots = []
    for width in (1280, 500):
        shot = folder / f"page-{width}.png"
        profile = f"--user-data-dir={folder / 'profile'}"
        size = f"--window-size={width},900"
        command = ["chromium", *CHROMIUM, profile, size, f"--screenshot={shot}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        shots.append(Image.open(shot))
    _row(shots, PAGES / "page.png", height=560)


def _converted(path: Path, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.pdf"


def _pdf_pages(path: Path, folder: Path) -> list[Image.Image]:
    prefix = folder / f"{path.parent.name}-{path.stem}"
    subprocess.run(["pdftoppm", "-png", "-r", "80", str(path), str(prefix)], check=True, capture_output=True)
    return [Image.open(page) for page in sorted(folder.glob(f"{prefix.name}-*.png"))]


def _row(pages: list[Image.Image], target: Path, *, height: int = 0) -> None:
    """Save the pages side by side, each with a thin frame; quantised, so that the repository stays small."""
    scaled = []
    for page in pages:
        wide = round(page.width * height / page.height) if height else WIDTH
        scaled.append(
            page.convert("RGB").resize((wide, round(page.height * wide / page.width)), Image.Resampling.LANCZOS)
        )
    total = sum(page.width for page in scaled) + 14 * (len(scaled) + 1)
    picture = Image.new("RGB", (total, max(page.height for page in scaled) + 28), "#D5DAE3")
    left = 14
    for page in scaled:
        picture.paste(page, (left, 14))
        left += page.width + 14
    picture.quantize(128).save(target, optimize=True)
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
