"""How much a returned deck may hold; beyond a limit the deck is refused, or the part is removed and named.

Threat: a small file that takes minutes or gigabytes to read. A test has a deck at each limit and one beyond it.
"""

from __future__ import annotations

MEGABYTE = 1024 * 1024

# --- the file ---
FILE_BYTES = 50 * MEGABYTE  # the file, its clean copy and one decoded picture take less than 300 MB of memory
PART_BYTES = 50 * MEGABYTE
UNPACKED_BYTES = 300 * MEGABYTE  # of all parts, and of all that is read, some of it twice
KEPT_BYTES = 64 * MEGABYTE
PARTS = 5_000
ENTRY_BYTES = 1_000  # of one part in the list of parts, on average
NAME_LENGTH = 255
SLIDES = 1_000

# --- XML ---
XML_BYTES = 16 * MEGABYTE
TAGS = 250_000  # start and end tags of one part; a tree takes some 350 bytes for each
ATTRIBUTES = 250_000  # of one part; some 220 bytes for each
ALL_TAGS = 1_500_000  # start and end tags of all parts together, for the time they take
DEPTH = 250  # less than the 256 of the parser, so that this limit gives the message
ATTRIBUTE_LENGTH = 64 * 1024
RELATIONSHIPS = 5_000  # of one part

# --- pictures and media ---
PIXELS = 24_000_000  # of one picture; four bytes each
TURNED_PIXELS = 13_000_000  # of one picture that takes twice the memory: rotated, progressive JPEG, HEIC
MOVING_PIXELS = 2_500_000  # of one animated picture, which takes ten times the memory
FRAME_PIXELS = 120_000_000  # of all frames of one animated picture
ALL_PIXELS = 300_000_000  # of all pictures together, for the time they take
METAFILE_RECORDS = 200_000
MEDIA_BYTES = 40 * MEGABYTE  # of one video or sound; a larger one is removed
MEDIA_FRAMES = 200_000  # of one MP3 file: an hour and a half
