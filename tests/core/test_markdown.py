"""Markdown of people: what becomes a list, what stays text, and what is refused."""

from __future__ import annotations

import pytest

from pipeline.core.markdown import faults, prepared, prepared_line


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("\uf0b7 Droit\n\uf0b7\tGestion", "- Droit\n- Gestion"),
        ("\uf0a7Droit", "- Droit"),
        ("• Droit\n·\tGestion\n●  Histoire", "- Droit\n- Gestion\n- Histoire"),
        ("Diplômes :\n• Droit\n  ◦ pénal", "Diplômes :\n- Droit\n  - pénal"),
        ("o\tDroit\no\tGestion", "- Droit\n- Gestion"),
        ("– Droit\n– Gestion", "- Droit\n- Gestion"),
        ("Ministre\n– le plus jeune –\njusqu’en 2010", "Ministre\n– le plus jeune –\njusqu’en 2010"),
        ("Texte \uf0b7 puce", "Texte \uf0b7 puce"),
        ("o Droit", "o Droit"),
        ("1980. Naissance", r"1980\. Naissance"),
        ("1. Droit\n1980. Gestion", "1. Droit\n1980\\. Gestion"),
        ("12. Droit", "12. Droit"),
        ("en 1980.", "en 1980."),
    ],
)
def test_bullets_copied_from_word_begin_items_and_years_do_not(typed, read):
    assert prepared(typed) == read


def test_an_objective_loses_the_bullet_copied_with_it():
    assert prepared_line("• how data is searched") == "how data is searched"
    assert prepared_line("- how data is searched") == "- how data is searched"


@pytest.mark.parametrize(
    "text",
    [
        "Plain.\n\nTwo *paragraphs* of **text**.",
        "1. one\n2. two\n   - nested\n     - twice\n\n7. seven",
        "- loose\n\n- items",
        "A line\\\nand another  \nand a third.",
        "[A list](https://example.org/a?b=c&d=e#f) and <https://example.org> and <ada@example.org>.",
        "[Write](mailto:office@example.org?subject=A%20question)",
        "5 < 6 & 7 > 2; AT&T; a_b_c; 2*3*4; [sic]; #1; C:\\New; 3 | 4; “quoted”; – a dash",
        "R&D &amp; more&nbsp;of &eacute;",
        "\\<b> and \\`code\\` and \\# no heading",
        "+32 2 123 45 67\n\n(2010) A year",
        "=1+1",
    ],
)
def test_what_documents_print_is_no_fault(text):
    assert list(faults(text)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n\n# b", 3),
        ("a\n===", 1),
        ("a\n\n> b", 3),
        ("a\n\n\tb", 3),
        ("~~~\na\n~~~", 1),
        ("a | b\n--|--\n1 | 2", 1),
        ("a\n\n___", 3),
        ("a\nb <!-- c -->", 2),
        ("<!-- c", 1),
        ("a\nb\n`c`", 3),
        ("a ![b](c.png)", 1),
        ("<br>", 1),
        ("a ~~b~~ c", 1),
        ("a\nb[^1] c", 2),
        ("- [x] a", 1),
        ("<?php a ?>", 1),
        ("[a]: https://example.org", 1),
        ("a &#8238; b", 1),
        ("a &zwnj;&#0; b", 1),
        ("*", 1),
        ("a  \nb\\\n[c](d.pdf)", 3),
    ],
)
def test_everything_else_is_a_fault_at_its_line(text, line):
    (found,) = faults(text)
    assert found[0] == line


@pytest.mark.parametrize("text", ["- one\n- two", "1. one", "one\n\ntwo", "• one\n• two"])
def test_a_text_without_blocks_is_one_paragraph(text):
    assert list(faults(text, blocks=False))
