"""Verification codes: without the secret in the register nobody can compute the code of a number."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ALPHABET = "ACDEFGHJKMNPQRTUVWXYZ234679"
"""Letters and digits that cannot be confused in print: without 0 O, 1 I L, 5 S, 8 B."""

LENGTH = 10
"""27 to the power of 10 is 205,000,000,000,000: too many to guess."""


def new_secret() -> bytes:
    """Return a random secret for a new register."""
    return secrets.token_bytes(32)


def code_of(number: str, secret: bytes) -> str:
    """Return the code of a certificate, always the same for one number and secret."""
    rest, characters = int.from_bytes(_hmac(secret, "code", number), "big"), []
    for _ in range(LENGTH):
        rest, i = divmod(rest, len(ALPHABET))
        characters.append(ALPHABET[i])
    return "".join(characters)


def hashed(what: str, text: str, secret: bytes) -> str:
    """Return the hash of a text for the register: without the secret nobody can find the text by trying."""
    return _hmac(secret, what, text).hex()[:32]


def typed(text: str) -> str:
    """Return a code as the register has it, from how somebody typed it: with spaces, hyphens or small letters."""
    return "".join(character for character in text.upper() if character.isalnum())


def shown(code: str) -> str:
    """Return a code as it is printed, in two groups."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def _hmac(secret: bytes, what: str, text: str) -> bytes:
    return hmac.new(secret, f"{what}\0{text}".encode(), hashlib.sha256).digest()
