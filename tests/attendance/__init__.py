"""Tests of what Zoom exports: every language, encoding and oddity of its files, with invented people."""
