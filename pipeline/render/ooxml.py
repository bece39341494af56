"""What Word and PowerPoint files share: escaping, language tags, properties, the theme and a deterministic zip."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache

from pipeline.core.documents import Properties
from pipeline.core.sources import Brand

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"

# Which colour of the brand stands in which slot of an Office theme.
SLOTS = {
    "dk1": "ink", "lt1": "paper", "dk2": "primary", "lt2": "panel",
    "accent1": "primary", "accent2": "accent", "accent3": "muted", "accent4": "rule", "accent5": "ink",
    "accent6": "muted", "hlink": "primary", "folHlink": "primary",
}  # fmt: skip

# Office wants a region with its languages; a tag that already has one, or is not listed, stands as it is.
_FULL = {
    "ar": "ar-SA", "de": "de-DE", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "pt": "pt-PT", "ru": "ru-RU",
    "zh": "zh-CN",
}  # fmt: skip

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 has no way to write these
_UNSAFE = re.compile(_FORBIDDEN.pattern[:-1] + '&<>"]')


# --- text ------------------------------------------------------------------------------------------------------------


def escape(text: str) -> str:
    """Return `text` fit for XML content and attributes in double quotes; what XML forbids is left out."""
    if not _UNSAFE.search(text):
        return text
    text = _FORBIDDEN.sub("", text).replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace('"', "&quot;")


def tag(language: str) -> str:
    """Return the language tag with a region, as Office writes it (`ar` -> `ar-SA`)."""
    return _FULL.get(language, language)


# --- properties ------------------------------------------------------------------------------------------------------


def core_properties(properties: Properties) -> bytes:
    """Return `docProps/core.xml`: no author, no machine and no clock in it."""
    day = f'xsi:type="dcterms:W3CDTF">{properties.date.isoformat()}T00:00:00Z<'
    return (
        f'{HEADER}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:subject>{escape(properties.subject)}</dc:subject>"
        f"<dc:creator>{escape(properties.publisher)}</dc:creator>"
        f"<dcterms:created {day}/dcterms:created><dcterms:modified {day}/dcterms:modified>"
        f"<dc:language>{escape(tag(properties.language))}</dc:language></cp:coreProperties>"
    ).encode()


def custom_properties(properties: Properties) -> bytes:
    """Return `docProps/custom.xml`: the identity by which a returned file is known again, whatever its name."""
    own = {"seminar": properties.seminar, "edition": str(properties.edition), "kind": properties.kind}
    each = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate((own | dict(properties.identity)).items(), start=2)
    )
    return (
        f'{HEADER}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{each}</Properties>'
    ).encode()


def app_properties() -> bytes:
    """Return `docProps/app.xml`, which says nothing of the program or the machine."""
    name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEADER}<Properties xmlns="{name}"><DocSecurity>0</DocSecurity></Properties>'.encode()


def property_parts(properties: Properties) -> dict[str, bytes]:
    """Return the three parts of document properties by name; `[Content_Types].xml` and `_rels/.rels` must list them."""
    return {
        "docProps/core.xml": core_properties(properties),
        "docProps/app.xml": app_properties(),
        "docProps/custom.xml": custom_properties(properties),
    }


# --- theme -----------------------------------------------------------------------------------------------------------


def theme(xml: bytes, brand: Brand) -> bytes:
    """Return a theme part with the brand's colours and its office font in place of the template's."""
    return themed(xml, brand.colours, brand.fonts["office"])


def themed(xml: bytes, colours: Mapping[str, str], font: str) -> bytes:
    """Return what `theme` returns, for colours by the brand's names and one font."""

    def coloured(slot: re.Match[str]) -> str:
        return f'<a:{slot[1]}><a:srgbClr val="{colours[SLOTS[slot[1]]].upper()}"/></a:{slot[1]}>'

    scheme, end, rest = xml.decode("utf-8").partition("</a:clrScheme>")
    text = re.sub(rf"<a:({'|'.join(SLOTS)})>.*?</a:\1>", coloured, scheme, flags=re.DOTALL) + end + rest
    face = escape(font)
    return re.sub(
        r"(<a:(?:major|minor)Font>\s*)<a:latin [^>]*/>(.*?)<a:cs [^>]*/>",
        lambda found: f'{found[1]}<a:latin typeface="{face}"/>{found[2]}<a:cs typeface="{face}"/>',
        text,
        flags=re.DOTALL,
    ).encode()


# --- zip -------------------------------------------------------------------------------------------------------------

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DAY = 33  # 1 January 1980, the first day that a zip can name; the time is 0
_UTF8 = 0x800


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of `parts` that depends on nothing but them: content types first, then by name, dates fixed."""
    body, index, offset = [], [], 0
    for name in sorted(parts, key=lambda name: (name != TYPES, name != RELATIONS, name)):
        content = parts[name]
        crc, packed = _deflated(content)
        path = name.encode()
        sizes = (0, _DAY, crc, len(packed), len(content), len(path))
        body += _LOCAL.pack(b"PK\3\4", 20, _UTF8, 8, *sizes, 0), path, packed
        index += _CENTRAL.pack(b"PK\1\2", 20, 20, _UTF8, 8, *sizes, 0, 0, 0, 0, 0, offset), path
        offset += _LOCAL.size + len(path) + len(packed)
    size = sum(map(len, index))
    return b"".join((*body, *index, _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), size, offset, 0)))


@lru_cache(maxsize=512)  # the template's own parts are the same bytes in every file: deflated once
def _deflated(content: bytes) -> tuple[int, bytes]:
    engine = zlib.compressobj(3, zlib.DEFLATED, -15)  # two thirds of the time of level 6, 5 % more bytes
    return zlib.crc32(content), engine.compress(content) + engine.flush()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the parts of an Office file by name; a file that is no zip is a ValueError."""
    try:
        end = content.rindex(b"PK\5\6")
        _, _, _, _, count, _, offset, _ = _END.unpack_from(content, end)
        return dict(_entries(content, count, offset))
    except (ValueError, struct.error, zlib.error) as error:
        raise ValueError(f"no Office file: {error}") from error


def _entries(content: bytes, count: int, offset: int):
    for _ in range(count):
        head = _CENTRAL.unpack_from(content, offset)
        method, packed, name, extra, note, at = head[4], head[8], head[10], head[11], head[12], head[16]
        path = content[offset + _CENTRAL.size : offset + _CENTRAL.size + name].decode("utf-8")
        local = _LOCAL.unpack_from(content, at)
        start = at + _LOCAL.size + local[9] + local[10]
        data = content[start : start + packed]
        if not path.endswith("/"):
            yield path, zlib.decompress(data, -15) if method == 8 else data
        offset += _CENTRAL.size + name + extra + note
