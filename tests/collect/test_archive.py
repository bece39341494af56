"""The rules of the zip, one by one: a deck just inside a rule passes, and just outside it is refused."""

from __future__ import annotations

import struct
import zlib

import pytest

from pipeline.collect import limits
from pipeline.collect.judge import judge
from tests.collect import decks
from tests.collect.hostile.case import SLIDE
from tests.collect.surgery import TYPES, added, bent, entries, entry, packed, typed

LOCAL, LISTED = 30, 46
"""The length of the header before a part, and of its entry in the list of parts."""


def refusal(content: bytes) -> str:
    """Return the code for which a deck is refused, empty if it is not."""
    return "".join(each.code for each in judge(content).refusals)


def patched(content: bytes, at: int, form: str, value: int) -> bytes:
    """Return a file with another number at an offset."""
    out = bytearray(content)
    struct.pack_into(form, out, at, value)
    return bytes(out)


def flagged(content: bytes, flags: int, name: str = SLIDE) -> bytes:
    """Return a deck in which both headers of a part have these flags."""
    content = patched(content, content.index(name.encode()) - LOCAL + 6, "<H", flags)
    return patched(content, content.rindex(name.encode()) - LISTED + 8, "<H", flags)


def named(name: str, flags: int = 0x800) -> bytes:
    """Return a deck with one more part of a name."""
    return bent([*entries(decks.parts()), entry(name.encode(), b"x", flags=flags)])


@pytest.mark.parametrize("flag", [0x2, 0x4, 0x6, 0x800])
def test_flags_that_say_how_a_part_was_packed_pass(flag):
    assert refusal(flagged(decks.plain(), flag)) == ""


@pytest.mark.parametrize("flag", [1 << bit for bit in range(16) if not 1 << bit & 0x80E])
def test_any_other_flag_is_refused(flag):
    wanted = "encrypted" if flag in (0x1, 0x40, 0x2000) else "zip-odd"
    assert refusal(flagged(decks.plain(), flag)) == wanted


@pytest.mark.parametrize("padding", [b"", b"\0", b"\r\n", b" \n\0\r"])
def test_a_few_empty_bytes_behind_the_list_pass(padding):
    assert refusal(decks.plain() + padding) == ""


@pytest.mark.parametrize("padding", [bytes(5), b"x", b"\0x", b"\t"])
def test_more_or_other_bytes_behind_the_list_are_refused(padding):
    assert refusal(decks.plain() + padding) == "zip-odd"


# The end of the list: its disk, that of its beginning, its counts, its length, its offset, the length of a comment.
@pytest.mark.parametrize(
    ("at", "form"), [(4, "<H"), (6, "<H"), (8, "<H"), (10, "<H"), (12, "<I"), (16, "<I"), (20, "<H")]
)
@pytest.mark.parametrize("change", [-1, 1])
def test_an_end_that_differs_from_the_list_is_refused(at, form, change):
    content = decks.plain()
    end = content.rindex(b"PK\5\6")
    (value,) = struct.unpack_from(form, content, end + at)
    wrong = (value + change) % (1 << 8 * struct.calcsize(form))
    assert refusal(patched(content, end + at, form, wrong)) == "zip-odd"


@pytest.mark.parametrize("change", [-1, 1])
def test_two_equal_counts_that_differ_from_the_list_are_refused(change):
    content = decks.plain()
    end = content.rindex(b"PK\5\6")
    count = struct.unpack_from("<H", content, end + 8)[0] + change
    assert refusal(patched(patched(content, end + 8, "<H", count), end + 10, "<H", count)) == "zip-odd"


@pytest.mark.parametrize(("count", "code"), [(0, "zip-bomb"), (limits.PARTS + 1, "zip-bomb"), (0xFFFF, "zip-odd")])
def test_a_count_of_no_or_too_many_parts_is_refused_before_the_list_is_read(count, code):
    content = decks.plain()
    end = content.rindex(b"PK\5\6")
    assert refusal(patched(patched(content, end + 8, "<H", count), end + 10, "<H", count)) == code


def test_a_file_that_ends_within_the_end_of_its_list_is_refused():
    assert refusal(decks.plain()[:-1]) == "truncated"
    assert refusal(decks.plain()[:-22]) == "truncated"


@pytest.mark.parametrize("text", [b"PK\1\3", b"PK\0\2"])
def test_a_list_that_zipfile_cannot_read_is_refused(text):
    content = decks.plain()
    at = content.rindex(SLIDE.encode()) - LISTED
    assert refusal(content[:at] + text + content[at + 4 :]) == "zip-odd"


# The header of a part: its signature, flags, method, checksum, packed size, size, the length of its name and of extras.
@pytest.mark.parametrize(
    ("at", "form"), [(0, "<I"), (6, "<H"), (8, "<H"), (14, "<I"), (18, "<I"), (22, "<I"), (26, "<H"), (28, "<H")]
)
def test_a_header_that_differs_from_its_entry_is_refused(at, form):
    content = decks.plain()
    start = content.index(SLIDE.encode()) - LOCAL + at
    (value,) = struct.unpack_from(form, content, start)
    assert refusal(patched(content, start, form, value ^ 2)) == "zip-odd"


@pytest.mark.parametrize("sizes", [(0, 0, 0), (0, 0xFFFFFFFF, 0xFFFFFFFF)])
def test_a_header_without_sizes_is_refused_unless_they_follow_the_part(sizes):
    assert refusal(_streamed(sizes=sizes)) == ""
    assert refusal(_streamed(sizes=sizes, flags=0, descriptor=b"")) == "zip-odd"
    assert refusal(_streamed(sizes=(1, 0, 0))) == "zip-odd"


@pytest.mark.parametrize("mark", [b"PK\7\x08", b""])
@pytest.mark.parametrize("form", ["<III", "<IQQ"])
def test_sizes_may_follow_a_part_in_any_of_their_four_forms(mark, form):
    data, crc, size = _slide()
    text = mark + struct.pack(form, crc, len(data), size)
    assert refusal(_streamed(descriptor=text)) == ""
    for wrong in ((crc ^ 1, len(data), size), (crc, len(data) + 1, size), (crc, len(data), size + 1)):
        assert refusal(_streamed(descriptor=mark + struct.pack(form, *wrong))) == "zip-odd"
    assert refusal(_streamed(descriptor=text + b"\0")) == "zip-odd"
    assert refusal(_streamed(descriptor=text[:-1])) == "zip-odd"


def _slide() -> tuple[bytes, int, int]:
    content = decks.parts()[SLIDE]
    return zlib.compress(content)[2:-4], zlib.crc32(content), len(content)


def _streamed(*, sizes=(0, 0, 0), flags: int = 8, descriptor: bytes | None = None) -> bytes:
    """Return a deck whose last part is a slide with its sizes behind it."""
    data, crc, size = _slide()
    parts = {name: content for name, content in decks.parts().items() if name != SLIDE}
    if descriptor is None:
        descriptor = struct.pack("<4sIII", b"PK\7\x08", crc, len(data), size)
    whole = bent([*entries(parts), (SLIDE.encode(), SLIDE.encode(), flags, 8, crc, data, size, 0)])
    head = whole.index(b"PK\3\4", whole.index(SLIDE.encode()) - LOCAL)
    listed = whole.rindex(b"PK\1\2", 0, whole.rindex(SLIDE.encode()))
    start = head + LOCAL + len(SLIDE) + len(data)
    first = whole.index(b"PK\1\2", start)
    assert (first, listed > first) == (start, True)
    content = whole[:first] + descriptor + whole[first:]
    for at, value in zip((14, 18, 22), sizes, strict=True):
        content = patched(content, head + at, "<I", value)
    return patched(content, content.rindex(b"PK\5\6") + 16, "<I", first + len(descriptor))


@pytest.mark.parametrize("place", ["before the list", "between parts"])
def test_bytes_that_belong_to_no_part_are_refused(place):
    content = decks.plain()
    end, first = content.rindex(b"PK\5\6"), content.index(b"PK\1\2")
    if place == "before the list":
        content = content[:first] + b"\0" + content[first:]
    else:
        last = content.rindex(b"PK\3\4", 0, first)
        listed = content.rindex(b"PK\1\2", 0, end)
        content = patched(content, listed + 42, "<I", last + 1)
        content = content[:last] + b"\0" + content[last:]
    assert refusal(patched(content, content.rindex(b"PK\5\6") + 16, "<I", first + 1)) == "zip-odd"


def test_a_folder_without_content_passes_and_with_content_it_is_refused():
    whole = entries(decks.parts())
    verdict = judge(bent([*whole, entry(b"ppt/empty/", b"", method=0)]))
    assert (verdict.status, "unknown-part" in {each.code for each in verdict.removals}) == ("cleaned", False)
    assert refusal(bent([*whole, entry(b"ppt/empty/", b"x", method=0)])) == "zip-odd"


def test_a_part_on_another_disk_is_refused():
    content = decks.plain()
    assert refusal(patched(content, content.rindex(SLIDE.encode()) - LISTED + 34, "<H", 1)) == "zip-odd"


@pytest.mark.parametrize(("mode", "code"), [(0o120777, "zip-odd"), (0o100644, ""), (0o040755, "")])
def test_a_symbolic_link_is_refused(mode, code):
    assert refusal(bent([*entries(decks.parts()), entry(b"ppt/x.xml", b"x", mode=mode)])) == code


@pytest.mark.parametrize(("method", "code"), [(0, ""), (8, ""), (9, "zip-odd"), (12, "zip-odd"), (14, "zip-odd")])
def test_only_two_ways_of_packing_pass(method, code):
    assert refusal(bent([*entries(decks.parts()), entry(b"ppt/x.xml", b"x", method=method)])) == code


def test_an_unpacked_part_of_two_sizes_is_refused():
    for size in (0, 2):
        assert refusal(bent([*entries(decks.parts()), entry(b"ppt/x.xml", b"x", method=0, size=size)])) == "zip-odd"


GOOD_NAMES = ("ppt/x-_.()[]{}$+,;=@!~'&y.xml", "ppt/a%20b.xml", "ppt/a b.xml", "ppt/été.xml", "ppt/例え.xml", "n" * 255)
BAD_NAMES = (
    "ppt/ x.xml", "ppt/x ", "ppt/x.", "ppt/.", "ppt/..", "ppt//x", "/x", "//", "ppt/%20x", "ppt/x%20", "ppt/x%2e", "ppt/%ff.xml",
    "ppt/%5cx", "ppt/x%00", "ppt/%2f", "n" * 256, *(f"ppt/x{sign}y" for sign in "\\:*?\"<>|\t\x7f\u200b\u202e\ufeff#^`"),
)  # fmt: skip


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_plain_name_passes(name):
    assert refusal(named(name)) == ""


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_may_be_a_path_or_a_pattern_is_refused(name):
    assert refusal(named(name)) == "zip-name"


def test_a_name_of_foreign_letters_must_say_that_it_is_utf_8():
    assert refusal(named("ppt/é.xml", flags=0)) == "zip-name"


@pytest.mark.parametrize(
    "names",
    [("ppt/ﬁ.xml", "ppt/fi.xml"), ("ppt/é.xml", "ppt/e\u0301.xml"), ("ppt/%41.xml", "ppt/a.xml"), ("ppt/ß", "ppt/ss")],
)
def test_names_that_some_system_takes_for_the_same_are_refused(names):
    both = [entry(name.encode(), b"x", flags=0x800) for name in names]
    assert refusal(bent([*entries(decks.parts()), *both[:1]])) == ""
    assert refusal(bent([*entries(decks.parts()), *both])) in ("zip-twice", "zip-name")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data[:-1], "zip-broken"),
        (lambda data: data + b"\0", "zip-broken"),
        (lambda data: b"\xff" + data, "zip-broken"),
        (lambda data: zlib.compress(decks.parts()[SLIDE] + b" ")[2:-4], "zip-bomb"),
        (lambda data: zlib.compress(decks.parts()[SLIDE][:-1])[2:-4], "zip-broken"),
        (lambda data: zlib.compress(decks.parts()[SLIDE].replace(b"What", b"That"))[2:-4], "zip-broken"),
    ],
)
def test_a_packed_part_that_differs_from_what_the_list_says_is_refused(change, code):
    data, crc, size = _slide()
    parts = {name: content for name, content in decks.parts().items() if name != SLIDE}
    assert refusal(bent([*entries(parts), (SLIDE.encode(), SLIDE.encode(), 0, 8, crc, data, size, 0)])) == ""
    wrong = (SLIDE.encode(), SLIDE.encode(), 0, 8, crc, change(data), size, 0)
    assert refusal(bent([*entries(parts), wrong])) == code


@pytest.mark.parametrize(("more", "code"), [(-1, "zip-bomb"), (1, "zip-broken")])
def test_a_packed_part_of_another_size_than_listed_is_refused_even_if_its_checksum_is_right(more, code):
    data, crc, size = _slide()
    parts = {name: content for name, content in decks.parts().items() if name != SLIDE}
    wrong = (SLIDE.encode(), SLIDE.encode(), 0, 8, crc, data, size + more, 0)
    assert refusal(bent([*entries(parts), wrong])) == code


def test_an_unpacked_part_with_another_checksum_is_refused():
    content, parts = decks.parts()[SLIDE], decks.parts()
    del parts[SLIDE]
    assert refusal(bent([*entries(parts), entry(SLIDE.encode(), content, method=0)])) == ""
    assert refusal(bent([*entries(parts), entry(SLIDE.encode(), content, method=0, crc=1)])) == "zip-broken"


@pytest.mark.parametrize("method", [0, 8])
@pytest.mark.parametrize(("content", "code"), [(b"MZ program", "embedded-file"), (b"nothing", "unknown-part")])
def test_a_part_that_is_left_out_is_named_by_its_first_bytes(method, content, code):
    deck = decks.parts()
    typed(deck, "ppt/x.bin", "application/x-unknown")
    whole = bent([*entries(deck), entry(b"ppt/x.bin", content * 9_000, method=method)])
    assert code in {each.code for each in judge(whole).removals if "x.bin" in each.where}


def test_a_part_that_is_left_out_need_not_be_readable():
    deck = decks.parts()
    typed(deck, "ppt/x.bin", "application/x-unknown")
    damaged = (b"ppt/x.bin", b"ppt/x.bin", 0, 8, 0, b"\xff\xff\xff", 3, 0)
    assert "unknown-part" in {each.code for each in judge(bent([*entries(deck), damaged])).removals}


def test_a_part_that_is_read_twice_counts_twice(monkeypatch):
    deck = decks.parts()
    root = deck[SLIDE].rindex(b"</")
    deck[SLIDE] = deck[SLIDE][:root] + b"<!--" + b" " * 1_000_000 + b"-->" + deck[SLIDE][root:]
    content, size = packed(deck), sum(map(len, deck.values()))
    monkeypatch.setattr(limits, "UNPACKED_BYTES", size)
    assert refusal(content) == "zip-bomb"
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 2 * size)
    assert refusal(content) == ""


# --- parts, types and relationships ---


@pytest.mark.parametrize("name", ["[content_types].xml", "x.xml"])
def test_a_zip_without_content_types_of_this_spelling_is_no_deck(name):
    deck = decks.parts()
    deck[name] = deck.pop(TYPES)
    assert refusal(bent(entries(deck))) == "not-a-deck"


def test_a_target_is_read_as_written_before_it_is_decoded():
    deck = decks.parts()
    added(deck, "ppt/slides/a%20b.xml", deck.pop(SLIDE), "application/x-none")
    types, listing = TYPES, "ppt/_rels/presentation.xml.rels"
    slide = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
    deck["ppt/slides/_rels/a%20b.xml.rels"] = deck.pop("ppt/slides/_rels/slide2.xml.rels")
    deck[types] = (
        deck[types]
        .replace(b"/ppt/slides/slide2.xml", b"/ppt/unused.xml")
        .replace(b"application/x-none", slide.encode())
    )
    for target in (b"slides/a%20b.xml", b"slides/a%2520b.xml", b"/ppt/slides/a%20b.xml", b"../ppt/slides/A%20B.xml"):
        changed = deck | {listing: deck[listing].replace(b"slides/slide2.xml", target)}
        verdict = judge(packed(changed))
        assert (verdict.slides, verdict.refusals) == (3, ()), target
