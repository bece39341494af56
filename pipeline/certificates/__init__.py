"""Stage: who was there long enough gets a certificate with a number of its own, written down in a register.

The register (`sources/registrations/register.sqlite`) knows people by hashes of their addresses, and by name until
`purge`; a certificate is a file that only its owner's account can read.
"""

from __future__ import annotations

from pipeline.certificates.codes import shown
from pipeline.certificates.letters import covered, lacking
from pipeline.certificates.records import Attendee, Issued, Standing
from pipeline.certificates.register import REGISTER, Register
from pipeline.certificates.writing import CERTIFICATES, LIST, write_all, write_private

__all__ = [
    "CERTIFICATES",
    "LIST",
    "REGISTER",
    "Attendee",
    "Issued",
    "Register",
    "Standing",
    "covered",
    "lacking",
    "shown",
    "write_all",
    "write_private",
]
