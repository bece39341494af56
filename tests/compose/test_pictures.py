"""A photo of a telephone is upright and small in every document, without the metadata of the telephone."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from pipeline.compose.pictures import PORTRAIT, portrait
from pipeline.render.to_docx.drawings import PIXELS
from tests.conftest import build_here
from tests.faults import faults, put, replace

BEN = "sources/people/ben-south.yaml"
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def telephone(width: int = 3000, height: int = 2000) -> bytes:
    """Return a photo of a red upper and a blue lower half, laid on its side, with the telephone's metadata in it."""
    upright = Image.new("RGB", (height, width), "blue")
    upright.paste("red", (0, 0, height, width // 2))
    metadata = Image.Exif()
    metadata[ORIENTATION], metadata[MAKER] = 6, "SecretPhone"
    metadata.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(out, "JPEG", exif=metadata, comment=b"SecretPhone")
    return out.getvalue()


def test_a_photo_is_turned_upright_and_made_small_without_metadata(tmp_path):
    (tmp_path / "ben.jpg").write_bytes(telephone())
    found = portrait("photo", tmp_path / "ben.jpg")
    with Image.open(BytesIO(found.content)) as image:
        assert (image.size, image.format) == ((PORTRAIT * 2 // 3, PORTRAIT), "JPEG")
        assert image.getpixel((100, 100))[0] > 200 > 50 > image.getpixel((100, 100))[2]
        assert dict(image.getexif()) == {} and "comment" not in image.info
    assert b"SecretPhone" not in found.content


def test_a_photo_of_an_iphone_becomes_a_jpeg(tmp_path):
    with Image.open(BytesIO(telephone(300, 200))) as image:
        register_heif_opener()
        image.save(tmp_path / "ben.heic", exif=image.getexif().tobytes())
    found = portrait("photo", tmp_path / "ben.heic")
    assert found.media_type == "image/jpeg"
    with Image.open(BytesIO(found.content)) as image:
        assert (image.size, image.format, dict(image.getexif())) == ((200, 300), "JPEG", {})
        assert image.getpixel((100, 50))[0] > 200 > 50 > image.getpixel((100, 50))[2]


def test_a_speaker_may_give_a_photo_of_an_iphone(miniature):
    with Image.open(BytesIO(telephone(300, 200))) as image:
        register_heif_opener()
        image.save(miniature / "sources/people/ben-south.HEIC", "HEIF")
    replace(miniature, BEN, ("given: Ben\n", "given: Ben\nphoto: ben-south.HEIC\n"))
    assert faults(miniature) == []


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_picture_of_any_kind_of_colour_stays_what_it_was(mode, tmp_path):
    Image.new("RGBA", (60, 40), (200, 30, 30, 128)).convert("RGB" if mode == "I;16" else mode).save(tmp_path / "a.png")
    if mode == "I;16":
        Image.new("I;16", (60, 40), 30_000).save(tmp_path / "a.png")
    shown = BytesIO(portrait("a", tmp_path / "a.png").content)
    with Image.open(tmp_path / "a.png") as before, Image.open(shown) as after:
        assert after.size == before.size
        assert after.convert("RGBA").getpixel((5, 5)) == before.convert("RGBA").getpixel((5, 5))


def is_portrait(bitmap: bytes) -> bool:
    """Return whether a picture is the telephone's as a disc, red above; the other discs have initials on blue."""
    picture = Image.open(BytesIO(bitmap)).convert("RGB")
    red, _, blue = picture.getpixel((PIXELS // 2, PIXELS // 4)) if picture.size == (PIXELS, PIXELS) else (0, 0, 0)
    return red > 200 and blue < 80


def test_no_file_of_a_package_holds_the_metadata_of_a_telephone(miniature):
    put(miniature, "sources/people/ben-south.jpg", telephone())
    replace(miniature, BEN, ("given: Ben\n", "given: Ben\nphoto: ben-south.jpg\n"))
    assert build_here(miniature, "harbour-en").returncode == 0
    photos, discs = 0, 0
    for path in (miniature / "output/harbour-en/package").iterdir():
        content = path.read_bytes()
        if path.suffix in (".docx", ".pptx"):
            with zipfile.ZipFile(path) as package:
                content = b"".join(package.read(name) for name in package.namelist())
                photos += sum(name.endswith((".jpg", ".jpeg")) for name in package.namelist())
                bitmaps = [package.read(name) for name in package.namelist() if name.endswith(".png")]
                discs += sum(map(is_portrait, bitmaps))
        assert b"SecretPhone" not in content and b"U2VjcmV0UGhvbm" not in content, path.name
        assert len(content) < 1_000_000, path.name
    assert (photos, discs) == (1, 1)  # of the slides, and of the introduction, where it is cut to a disc


@pytest.mark.parametrize(
    "content, said",
    [
        (telephone(90, 60)[:-700], "is not a complete picture; save it again as JPEG"),
        (b"no picture", "is not a complete picture; save it again as JPEG"),
        (b"", "is not a complete picture; save it again as JPEG"),
    ],
)
def test_a_broken_picture_is_named(content, said, miniature):
    put(miniature, "sources/people/ben-south.jpg", content)
    replace(miniature, BEN, ("given: Ben\n", "given: Ben\nphoto: ben-south.jpg\n"))
    assert faults(miniature) == [f"{BEN}:2: sources/people/ben-south.jpg {said}"]


def test_a_picture_of_another_kind_than_its_ending_says_is_named(miniature):
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    put(miniature, "sources/people/ben-south.jpg", out.getvalue())
    replace(miniature, BEN, ("given: Ben\n", "given: Ben\nphoto: ben-south.jpg\n"))
    (said,) = faults(miniature)
    assert said.endswith("is a PNG file with the extension .jpg; save it again as JPEG")


def test_a_logo_whose_letters_need_a_font_is_named(miniature):
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><text y="15">Harbour</text></svg>'
    put(miniature, "sources/logos/harbour.svg", logo)
    (said,) = faults(miniature)
    assert said.startswith("sources/series.yaml:")
    assert said.endswith(
        "sources/logos/harbour.svg contains text, which no PDF would show; convert its text to paths and save it again"
    )
