"""Stands for `typst compile IN OUT`, whose command line no wheel brings: compile_pdf.py SITE-PACKAGES IN OUT."""

import os
import sys

packages, source, target = sys.argv[1:]
sys.path.append(packages)

import typst  # noqa: E402  (found only now)

fonts = [os.path.join(packages, name, "files") for name in os.listdir(packages) if name.startswith("fontpkg_")]  # noqa: PTH118, PTH208
typst.compile(source, output=target, font_paths=fonts, ignore_system_fonts=True)
