"""How much a returned deck may hold; beyond each number it is refused, or the piece is left out and named."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

# --- the file ---
FILE_BYTES = 50 * MEGABYTE  # in, clean copy and one decoded picture together stay under 300 MB of memory
PART_BYTES = 50 * MEGABYTE
UNPACKED_BYTES = 300 * MEGABYTE
KEPT_BYTES = 64 * MEGABYTE
PARTS = 5_000
NAME_LENGTH = 255
SLIDES = 1_000

# --- XML ---
XML_BYTES = 16 * MEGABYTE
TAGS = 250_000  # beginnings and ends, in one part; a tree takes some 350 bytes each
ATTRIBUTES = 250_000  # in one part; some 220 bytes each
ALL_TAGS = 1_500_000  # beginnings and ends, in all parts together: a matter of time
DEPTH = 250  # below the parser's own 256, so that this one answers
ATTRIBUTE_LENGTH = 64 * 1024
RELATIONSHIPS = 5_000  # of one part

# --- pictures and media ---
PIXELS = 24_000_000  # of one picture; four bytes each
TURNED_PIXELS = 13_000_000  # of one that lies on its side: turning it takes the memory twice
FRAME_PIXELS = 120_000_000  # of all frames of one moving picture
ALL_PIXELS = 300_000_000  # of all pictures together: a matter of time
METAFILE_RECORDS = 200_000
MEDIA_BYTES = 40 * MEGABYTE  # of one film or sound; larger is left out
MEDIA_FRAMES = 200_000  # of one MP3 file: an hour and a half
