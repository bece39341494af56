"""Stage: people who attended long enough get certificates, each with its own number in a register.

  records   who is to get a certificate, what was issued, and an entry of the register
  codes     verification codes, and the hashes by which the register knows people
  register  one SQLite file (`sources/registrations/register.sqlite`), in which nobody gets two numbers
  writing   one private PDF file for each certificate

The register has hashes of addresses, and names until `purge` deletes them.
"""

from __future__ import annotations

from pipeline.certificates.codes import shown
from pipeline.certificates.records import Attendee, Entry, Issued, State
from pipeline.certificates.register import REGISTER, Register
from pipeline.certificates.writing import CERTIFICATES, LIST, write_all, write_private

__all__ = [
    "CERTIFICATES",
    "LIST",
    "REGISTER",
    "Attendee",
    "Entry",
    "Issued",
    "Register",
    "State",
    "shown",
    "write_all",
    "write_private",
]
