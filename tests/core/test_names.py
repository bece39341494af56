"""Names in running text, made from family names in capitals."""

from __future__ import annotations

import pytest

from pipeline.core.names import is_sure, running_name


@pytest.mark.parametrize(
    ("family", "running"),
    [
        ("FERNANDO", "Fernando"),
        ("NAVAS APARICIO", "Navas Aparicio"),
        ("ANTWI-BOASIAKO", "Antwi-Boasiako"),
        ("O’BRIEN", "O’Brien"),
        ("McDONALD", "McDonald"),
        ("van der BERG", "van der Berg"),
        ("DE LA CRUZ", "de la Cruz"),
        ("ORTEGA Y GASSET", "Ortega y Gasset"),
        ("TOURÉ", "Touré"),
        ("LA", "La"),
        ("İNAN", "İnan"),
        ("Fernando", "Fernando"),
        ("الشمال", "الشمال"),
        ("王", "王"),
    ],
)
def test_only_capitals_become_small(family, running):
    assert running_name("Ana", family) == f"Ana {running}"


@pytest.mark.parametrize(
    ("family", "country", "sure"),
    [
        ("FERNANDO", "LK", True),
        ("McDONALD", "GB", True),
        ("van der BERG", "NL", True),
        ("الشمال", "", True),
        ("MACDONALD", "GB", False),
        ("DE LUCA", "IT", False),
        ("IJSSEL", "NL", False),
        ("YILDIZ", "TR", False),
        ("YILDIZ", "DE", True),
        ("ΠΑΠΑΔΟΠΟΥΛΟΣ", "GR", False),
    ],
)
def test_what_small_letters_may_get_wrong_is_known(family, country, sure):
    assert is_sure(family, country) is sure
