"""What a speaker changes on the title slide is offered as a patch that git and patch apply; nothing is applied here."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from pipeline.core.verdicts import Verdict
from pipeline.load import load
from pipeline.load.yaml_edit import NotEditable, with_value
from pipeline.workflows.title_changes import changes
from tests.conftest import build_here, copy_miniature, copy_project, run_here, tool
from tests.desk import deck_of, give_back

BEN, CLEO = "harbour-en/ben-south", "harbour-en/cleo-east"


@pytest.fixture(scope="session")
def with_a_line_of_her_own(once) -> Path:
    """The miniature series with its decks made; one of its people has a line of her own for a seminar."""

    def make(folder: Path) -> None:
        root = copy_miniature(folder / "series")
        person = root / "sources/people/dora-west.yaml"
        line = (
            "affiliation_at:\n  harbour-en:\n    en: >-\n      Engineer of networks at the Harbour Authority of the\n"
        )
        person.write_text(person.read_text(encoding="utf-8") + f"{line}      Republic, Lisbon\n", encoding="utf-8")
        done = build_here(root)
        assert done.returncode == 0, done.stdout + done.stderr

    return once("a line of her own", make) / "series"


@pytest.fixture
def sent(with_a_line_of_her_own, tmp_path) -> Path:
    """A copy of that series, which a test may change."""
    return copy_project(with_a_line_of_her_own, tmp_path / "series")


def returned(root: Path, speaker: str, **texts: str) -> str:
    """Give a speaker's deck back with other texts in placeholders of its title slide; return what collect says."""
    deck = Presentation(deck_of(root, *speaker.split("/")))
    for shape in deck.slides[0].placeholders:
        if shape.name in texts:
            shape.text_frame.text = texts[shape.name]
    deck.save(out := BytesIO())
    give_back(root, f"{speaker.replace('/', '-')}.pptx", out.getvalue())
    done = run_here("collect", "--root", str(root))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def patch_of(root: Path, speaker: str) -> Path:
    seminar, name = speaker.split("/")
    return root / f"output/{seminar}/speakers/{name}/changes.patch"


def people(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "sources/people").iterdir()}


def applied(root: Path, speaker: str, by: str) -> None:
    """Apply a patch as staff would, with `patch` or with git."""
    command = ["patch", "-p1", "-i"] if by == "patch" else ["git", "apply"]
    done = subprocess.run([tool(by, "patches"), *command[1:], patch_of(root, speaker)], cwd=root, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(root.rglob("*.orig"))


@pytest.mark.parametrize("by", ["patch", "git"])
def test_a_changed_name_and_role_are_offered_as_a_patch_that_applies_and_loads(sent, by):
    before = people(sent)
    said = returned(sent, BEN, Name="Benjamin SOUTH", Role="Chief prosecutor: networks, {harbour} # 1")
    assert "The title slide says “Benjamin SOUTH” instead of “Ben SOUTH”." in said
    role = "affiliation: {en: 'Chief prosecutor: networks, {harbour} # 1'}"
    lines = [line.strip() for line in said.splitlines()]
    start = lines.index("If the speaker is right, change these lines in an editor:")
    assert lines[start + 1 : start + 4] == [
        "sources/people/ben-south.yaml:1: `given: Ben` becomes `given: Benjamin`",
        f"sources/people/ben-south.yaml:3: `affiliation: {{en: Prosecutor for networks}}` becomes `{role}`",
        f"This command does the same: patch -d {sent} -p1 < {patch_of(sent, BEN)}",
    ]
    assert "The line is also printed in tal-ar." in said
    assert people(sent) == before
    assert patch_of(sent, BEN).read_text(encoding="utf-8") == (
        "--- a/sources/people/ben-south.yaml\n"
        "+++ b/sources/people/ben-south.yaml\n"
        "@@ -1,4 +1,4 @@\n"
        "-given: Ben\n"
        "+given: Benjamin\n"
        " family: SOUTH\n"
        "-affiliation: {en: Prosecutor for networks}\n"
        "+affiliation: {en: 'Chief prosecutor: networks, {harbour} # 1'}\n"
        " borrowed: {ar: en}\n"
    )
    applied(sent, BEN, by)
    assert run_here("check", "--root", str(sent)).returncode == 0
    ben = load(sent).people["ben-south"]
    assert (ben.given, ben.affiliation) == ("Benjamin", {"en": "Chief prosecutor: networks, {harbour} # 1"})
    assert "instead of" not in run_here("collect", "--root", str(sent)).stdout
    assert not patch_of(sent, BEN).exists()


def test_the_command_that_is_printed_works_as_it_stands(sent):
    said = returned(sent, BEN, Name="Benjamin SOUTH")
    (command,) = [line.partition("the same: ")[2] for line in said.splitlines() if "This command" in line]
    assert subprocess.run(["sh", "-c", command], cwd="/", capture_output=True).returncode == 0
    assert load(sent).people["ben-south"].given == "Benjamin"


def test_a_line_of_one_language_changes_and_the_other_stays(sent):
    returned(sent, CLEO, Role="Director General, National Police, The Gambia")
    applied(sent, CLEO, "patch")
    affiliation = load(sent).people["cleo-east"].affiliation
    assert affiliation["en"] == "Director General, National Police, The Gambia"
    assert affiliation["ar"] == "مستشارة المدير العام، غامبيا"


def test_a_line_of_one_seminar_changes_and_the_general_one_stays(sent):
    role = "Chief engineer of networks and of the lighthouse at the Harbour Authority of the Republic, Lisbon"
    said = returned(sent, "harbour-en/dora-west", Role=role)
    assert "also stands" not in said
    number = line_of(sent / "sources/people/dora-west.yaml", "Republic, Lisbon")
    assert f"sources/people/dora-west.yaml:{number}: `Republic, Lisbon` becomes `Lisbon`\n" in said
    text = patch_of(sent, "harbour-en/dora-west").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line[0] in "+-"][2:] == [
        "-      Engineer of networks at the Harbour Authority of the",
        "-      Republic, Lisbon",
        "+      Chief engineer of networks and of the lighthouse at the Harbour Authority of the Republic,",
        "+      Lisbon",
    ]
    applied(sent, "harbour-en/dora-west", "patch")
    dora = load(sent).people["dora-west"]
    assert (dora.affiliation_at["harbour-en"]["en"], dora.affiliation["en"]) == (role, "Engineer, Portugal")


def test_a_role_borrowed_from_another_language_is_asked_about_in_words(sent):
    said = returned(sent, "tal-ar/ben-south", Role="المدعي العام")
    assert "the role is borrowed from another language; a new one is to be written as `affiliation: ar:`" in said
    assert not patch_of(sent, "tal-ar/ben-south").exists()


def test_a_name_in_which_given_and_family_name_cannot_be_told_apart_is_asked_about(sent):
    said = returned(sent, BEN, Name="B. Southwood")
    assert "Look at sources/people/ben-south.yaml: “B. Southwood” does not show which part is the family name" in said
    assert not patch_of(sent, BEN).exists()


def test_nothing_of_it_reaches_the_package(sent):
    returned(sent, BEN, Name="Benjamin SOUTH")
    build_here(sent)
    assert patch_of(sent, BEN).exists()
    assert not list((sent / "output/harbour-en/package").rglob("*.patch"))


SENT = {"Title": "Search", "Kicker": "1 March", "Name": "Ben SOUTH", "Role": "Prosecutor", "Subtitle": "Harbour"}


def pairs(sent_root: Path, texts: list[str]) -> tuple:
    """Return what a deck with these texts, in which no placeholder kept its name, says otherwise."""
    series = load(sent_root)
    verdict = Verdict(status="accepted", title=texts[0], title_texts=tuple(texts))
    found = changes(verdict, SENT, series.people["ben-south"], series.seminars["harbour-en"], sent_root)
    return found.pairs, len(found.unsure)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Search", "1 March", "Ben SOUTH", "Prosecutor", "Harbour"], ((), 0)),
        (["My title", "1 March", "Ben SOUTH", "Judge", "Harbour"], ((("Prosecutor", "Judge"),), 0)),
        (["Search", "1 March", "Bo SOUTH", "Prosecutor", "Harbour"], ((("Ben SOUTH", "Bo SOUTH"),), 0)),
        (["Search", "1 March", "Bo S", "Judge", "Harbour"], ((("Ben SOUTH", "Bo S"), ("Prosecutor", "Judge")), 1)),
        (["Search", "1 March", "Ben SOUTH", "Judge", "of appeal", "Harbour"], ((), 1)),
        (["Search", "1 March", "Prosecutor", "Harbour"], ((), 1)),
        (["Another", "deck", "altogether"], ((), 2)),
    ],
)  # fmt: skip
def test_without_names_of_placeholders_a_text_is_known_by_its_place_or_not_at_all(miniature, texts, expected):
    assert pairs(miniature, texts) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Benjamin SOUTH", ("given", "Benjamin")),
        ("Ben Southern", ("family", "SOUTHERN")),
        ("Ben McSOUTH", ("family", "McSOUTH")),
        ("Ben VAN DER SEE", ("family", "VAN DER SEE")),
    ],
)
def test_only_the_part_of_a_name_that_changed_is_changed(miniature, name, expected):
    series, person = load(miniature), miniature / "sources/people/ben-south.yaml"
    places = {"Title": "Search", "Name": name, "Role": "Prosecutor"}
    texts = tuple(places.values())
    verdict = Verdict(status="accepted", title_texts=texts, title_places=places)
    found = changes(verdict, SENT, series.people["ben-south"], series.seminars["harbour-en"], miniature)
    new = [line[1:] for line in found.patch.splitlines()[2:] if line.startswith("+")]
    assert new == [f"{expected[0]}: {expected[1]}"]
    assert person.read_text(encoding="utf-8").count("SOUTH") == 1


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("affiliation:\n  en: Judge\n", "Director, Police, Gambia", "affiliation:\n  en: Director, Police, Gambia\n"),
        ("affiliation:\n  en: Judge\n", "It's “so” (again)", "affiliation:\n  en: It's “so” (again)\n"),
        ("affiliation: {en: Judge}\n", "Director, Police", "affiliation: {en: 'Director, Police'}\n"),
        ("affiliation: {en: Judge}\n", "Judge [retired]", "affiliation: {en: 'Judge [retired]'}\n"),
        ('affiliation: {en: "Judge, X"}\n', "Judge, Y", 'affiliation: {en: "Judge, Y"}\n'),
        ("affiliation:\n  en: Judge\n", "2020-01-01", "affiliation:\n  en: '2020-01-01'\n"),
        ("affiliation:\n  en: Judge\n", "no", "affiliation:\n  en: 'no'\n"),
    ],
)
def test_a_text_is_quoted_only_where_yaml_needs_it_or_the_old_one_was(text, value, expected):
    assert with_value(text, ("affiliation", "en"), value) == expected


def test_lines_that_go_or_come_are_told_by_their_numbers(sent):
    said = returned(sent, "harbour-en/dora-west", Role="Engineer")
    here, first = "sources/people/dora-west.yaml", "`Engineer of networks at the Harbour Authority of the`"
    number = line_of(sent / here, first.strip("`"))
    assert f"{here}:{number}: {first} becomes `Engineer`\n" in said
    assert f"{here}:{number + 1}: `Republic, Lisbon` is deleted\n" in said
    applied(sent, "harbour-en/dora-west", "patch")
    said = returned(sent, "harbour-en/dora-west", Role=f"Engineer {'of networks ' * 9}in Lisbon")
    assert f"{here}:{number}: below this line comes `of networks of networks in Lisbon`\n" in said


def line_of(path: Path, text: str) -> int:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines()].index(text) + 1


STYLES = """\
# before
plain: one # after
single: 'it''s'
double: "two\\u00e9"
folded: >-
  first line
  second line

kept: |
  line
list: {a: x, b: [y, z]}
last: end"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("way", ["plain", "single", "double", "folded", "kept", "list.a", "last"])
@pytest.mark.parametrize("value", ["Simple", "a: b # c", "- x", "null", 'it\'s "so", {no}', "&mark", "مستشارة"])
def test_a_text_takes_another_value_in_any_style_and_nothing_else_moves(newline, way, value):
    import yaml

    text, steps = STYLES.replace("\n", newline), tuple(way.split("."))
    new = with_value(text, steps, value)
    after, before = (yaml.load(each, Loader=yaml.BaseLoader) for each in (new, text))
    holder = after if len(steps) == 1 else after["list"]
    assert holder.pop(steps[-1]).strip() == value
    (before if len(steps) == 1 else before["list"]).pop(steps[-1])
    assert after == before
    assert new.count("#") - value.count("#") == 2
    assert ("\r\n" in new) == (newline == "\r\n")
    assert new.replace("\r\n", "").count("\n") == (0 if newline == "\r\n" else new.count("\n"))


@pytest.mark.parametrize(
    ("text", "way", "value"),
    [
        ("a: b", ("x",), "y"), ("a: [b]", ("a",), "y"), ("a: {b: c}", ("a",), "y"), ("a: b", ("a",), ""),
        ("a: b", ("a",), "two\nlines"), ("a: b", ("a",), "left\u202eright"), ("a: b\na: c", ("a",), "y"),
        ("a: [", ("a",), "y"), ("\ufffd: b", ("a",), "y"), ("", ("a",), "y"),
    ],
)  # fmt: skip
def test_what_cannot_be_put_there_surely_is_not_put_there(text, way, value):
    with pytest.raises(NotEditable):
        with_value(text, way, value)
