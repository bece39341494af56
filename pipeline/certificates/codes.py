"""Verification codes: nobody can work one out from a number without the register's secret."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ALPHABET = "ACDEFGHJKMNPQRTUVWXYZ234679"
"""Signs without those that are taken for one another in print: 0 O, 1 I L, 5 S, 8 B."""

LENGTH = 10
"""27 to the power of 10 is 205,000,000,000,000: guessing is hopeless."""


def new_secret() -> bytes:
    """Return a random secret for a new register."""
    return secrets.token_bytes(32)


def code_of(number: str, secret: bytes) -> str:
    """Return the code of a certificate, always the same one."""
    rest, signs = int.from_bytes(_hmac(secret, "code", number), "big"), []
    for _ in range(LENGTH):
        rest, i = divmod(rest, len(ALPHABET))
        signs.append(ALPHABET[i])
    return "".join(signs)


def hashed(what: str, text: str, secret: bytes) -> str:
    """Return what stands for a text in the register: without the secret nobody can find out the text."""
    return _hmac(secret, what, text).hex()[:32]


def typed(text: str) -> str:
    """Return a code as it was meant, however it was typed."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def shown(code: str) -> str:
    """Return a code as it is printed: in two groups."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def _hmac(secret: bytes, what: str, text: str) -> bytes:
    return hmac.new(secret, f"{what}\0{text}".encode(), hashlib.sha256).digest()
