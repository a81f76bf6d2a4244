"""`secmsg hand groups` and `secmsg thin` over a line that loses groups: what is misheard is asked for by its number."""

import base64
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from secmsg.wire import groups
from tests.helpers.ministry import HQ, PARIS, PASSPHRASE, Ministry, draft, sync
from tests.helpers.papers import pictures as drawn
from tests.helpers.program import Program, Told
from tests.helpers.running_clock import RunningClock

PACKET = bytes(range(40, 100))


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ministry]:
    folder = tmp_path_factory.mktemp("groups")
    built = Ministry(folder, RunningClock())
    built.found()
    built.add_relay()
    built.enrol(HQ)
    built.enrol(PARIS)
    (folder / "pass").touch(0o600)
    (folder / "pass").write_text(PASSPHRASE, encoding="utf-8")
    headquarters, paris = built.open(HQ), built.open(PARIS)
    sync(headquarters)
    sync(paris)
    paris.release(draft(HQ.id))
    for station in (paris, headquarters, paris, headquarters):
        sync(station)
    built.close(headquarters)
    built.close(paris)
    yield built
    built.end()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def ministry(founded: Ministry, tmp_path: Path) -> Ministry:
    copy = tmp_path / "ministry"
    shutil.copytree(founded.root, copy, ignore=shutil.ignore_patterns("relay"))
    return Ministry(copy, founded.clock)


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    path = tmp_path / "packet"
    path.write_bytes(PACKET)
    return path


def of(ministry: Ministry, number: int) -> tuple[str | Path, ...]:
    return ("--home", ministry.root / f"station-{number}", "--passphrase-file", ministry.root / "pass")


def write(told: Program, ministry: Ministry, *more: str | Path, bearer: str = "voice") -> Told:
    text = ministry.root / "text.txt"
    text.write_text("Đã nhận điện số 45.", encoding="utf-8")
    return told(
        "thin", "write", *of(ministry, PARIS.id), "--to", "1", "--bearer", bearer, "--degree", "unclassified",
        "--topic", "A1", "--subject", "Tin ngắn", "--body-file", text, "--drafter", "Trần Thị Soạn", *more,
    )  # fmt: skip


def misheard(text: str, *places: int) -> str:
    """Return numbered lines with the groups at these places (from 1) turned into others, the check figures wrong."""
    lines = text.splitlines()
    for place in places:
        line = next(at for at, each in enumerate(lines) if each.startswith(f"{(place - 1) // 10 + 1:2}:"))
        number, _, said = lines[line].partition(": ")
        spoken = said.split()
        group = spoken[(place - 1) % 10]
        spoken[(place - 1) % 10] = group[:2] + str((int(group[2]) + 1) % 10) + group[3:]
        lines[line] = f"{number}: {' '.join(spoken)}"
    return "\n".join(lines) + "\n"


# --- the joined path --------------------------------------------------------------------------------------------------


def test_groups_by_telephone_what_is_misheard_is_asked_for_and_the_tag_decides(
    told: Program, ministry: Ministry, tmp_path: Path
) -> None:
    headquarters = of(ministry, HQ.id)
    written = write(told, ministry, "--as", "groups", "--link", "telephone")
    typed = tmp_path / "nghe.txt"
    typed.write_text(misheard(written.out, 3, 17, 18, 29, 44 - 3), encoding="utf-8")

    asked = told("thin", "read", *headquarters, typed)
    before = told("list", "inbox", *headquarters)
    said_again = next(line for line in written.out.splitlines() if line.startswith(" 2:")).split()[7]
    typed.write_text(typed.read_text("utf-8") + f"17={said_again}\n", encoding="utf-8")
    taken = told("thin", "read", *headquarters, typed)

    assert written.code == 0
    assert asked.code == 20
    assert "nghe.txt, lines 2 to 7: groups: ask for 3, 17, 18, 29, 41 (1 of them would do)" in asked.err
    assert "26 PARIS 002" not in before.out
    assert taken.code == 0
    assert "put right and verified: 3, 18, 29, 41" in taken.err
    assert "entered 26 PARIS 002 from ĐSQ Paris: NOT SIGNED YET" in taken.out


def test_groups_that_give_another_packet_are_not_taken(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    written = write(told, ministry, "--as", "groups", "--link", "telephone")
    sent = groups.read("\n".join(written.out.splitlines()[1:]))
    spoken, other = groups.encode(sent, 4), groups.encode(bytes([sent[0] ^ 1]) + sent[1:], 4)
    # The two words differ in five groups; of these the listener hears three of the other's. Each fits its place.
    differing = [place for place in range(len(spoken)) if spoken[place] != other[place]]
    heard = [other[place] if place in differing[:3] else group for place, group in enumerate(spoken)]
    typed = tmp_path / "nghe.txt"
    typed.write_text(groups.text(heard), encoding="utf-8")

    refused = told("thin", "read", *of(ministry, HQ.id), typed)
    listed = told("list", "inbox", *of(ministry, HQ.id))
    typed.write_text(groups.text(spoken), encoding="utf-8")
    taken = told("thin", "read", *of(ministry, HQ.id), typed)

    # The control: the code by itself gives the wrong packet and sees nothing wrong with it.
    assert len(differing) == 5
    assert groups.read(groups.text(heard)) == bytes([sent[0] ^ 1]) + sent[1:]
    assert refused.code == 50
    assert (
        "put right and not verified; ask again for the groups 40, 41" in refused.err or "ask again for" in refused.err
    )
    assert "26 PARIS 002" not in listed.out
    assert "entered 26 PARIS 002" in taken.out


def test_a_text_message_a_code_and_a_fax_bring_the_same_packet(
    told: Program, ministry: Ministry, tmp_path: Path
) -> None:
    headquarters, out = of(ministry, HQ.id), tmp_path / "ra"
    out.mkdir()
    written = write(told, ministry, "--as", "base45", bearer="sms")
    texts = tmp_path / "tin nhắn.txt"
    texts.write_text(written.out, encoding="utf-8")
    codes = told("thin", "again", *of(ministry, PARIS.id), "26 PARIS 002", "--as", "qr", "--out", out)
    sheets = told("thin", "again", *of(ministry, PARIS.id), "26 PARIS 002", "--as", "fax", "--out", out)
    (code,), (sheet,) = sorted(out.glob("*.png")), sorted(out.glob("*.pdf"))
    (page,) = drawn(sheet.read_bytes(), dpi=200)
    picture = tmp_path / "fax.jpg"
    page.convert("L").save(picture)

    taken = told("thin", "read", *headquarters, code)
    rest = told("thin", "read", *headquarters, "--json", texts, picture)

    assert (written.code, codes.code, sheets.code) == (0, 0, 0)
    assert all(len(line) <= 160 for line in written.out.splitlines())
    assert f"{code.name}: entered 26 PARIS 002" in taken.out
    assert [each["fate"] for each in rest.json] == ["duplicate", "duplicate"]


def test_packets_as_spoken_lines_and_as_files_of_groups(told: Program, ministry: Ministry, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    out.mkdir()
    written = write(told, ministry, "--as", "groups", "--spoken")
    plain = told("thin", "again", *of(ministry, PARIS.id), "26 PARIS 002")
    spoken = tmp_path / "đọc.txt"
    spoken.write_text(written.out, encoding="utf-8")
    again = told("thin", "again", *of(ministry, PARIS.id), "26 PARIS 002", "--as", "groups", "--out", out)

    taken = told("thin", "read", *of(ministry, HQ.id), spoken)
    rest = told("thin", "read", *of(ministry, HQ.id), *out.iterdir())

    assert "# dòng không: không không sáu không" in written.out
    assert [line[:3] for line in plain.out.splitlines()] == ["# 2", *(f"{line:2}:" for line in range(6))]
    assert again.code == 0
    assert "entered 26 PARIS 002" in taken.out
    assert "here already" in rest.out
    assert write(told, ministry, "--as", "qr").code == 2


# --- without a profile ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["raw", "hex", "base64"])
def test_any_packet_goes_into_groups_and_back(told: Program, tmp_path: Path, form: str) -> None:
    text = {"raw": PACKET, "hex": PACKET.hex(" ", 2).encode(), "base64": base64.urlsafe_b64encode(PACKET) + b"\n"}
    given, kept = tmp_path / "packet", tmp_path / "groups.txt"
    given.write_bytes(text[form])

    written = told("hand", "groups", "--encode", "--link", "hf", "--out", kept, given)
    kept.write_text(misheard(kept.read_text(), 2, 12, 22), encoding="utf-8")
    read = told("hand", "groups", "--decode", kept)
    told_ = told("hand", "groups", "--decode", "--json", kept).json

    assert written.out == f"written {kept}\n"
    assert read.out.strip() == PACKET.hex()
    assert "put right: 2, 12, 22" in read.err
    assert "NOT PROVEN" in read.err
    assert (told_["packet"], told_["wrong"], told_["proven"]) == (PACKET.hex(), ["2", "12", "22"], False)


def test_what_cannot_be_put_right_is_asked_for(told: Program, packet: Path, tmp_path: Path) -> None:
    spoken = told("hand", "groups", "--encode", packet).out
    typed = tmp_path / "nghe.txt"
    typed.write_text(misheard(spoken, 1, 2, 3, 7, 20), encoding="utf-8")

    asked = told("hand", "groups", "--decode", typed)
    told_ = told("hand", "groups", "--decode", "--json", typed)

    assert asked.code == told_.code == 20
    assert "ask for 1 to 3, 7, 20 (1 of them would do)" in asked.err
    assert told_.json == {"packet": None, "ask": ["1", "2", "3", "7", "20"], "enough": 1}


def test_text_messages_codes_and_sheets(told: Program, packet: Path, tmp_path: Path) -> None:
    long = tmp_path / "long"
    long.write_bytes(bytes(range(256)) * 5)
    sms = told("hand", "groups", "--encode", "--as", "base45", "--json", packet).json
    as_json = told("hand", "groups", "--encode", "--json", packet).json
    codes = told("hand", "groups", "--encode", "--as", "qr", "--out", tmp_path / "mã", "--json", long).json
    sheet = told("hand", "groups", "--encode", "--as", "fax", "--out", tmp_path / "fax", packet)
    back = told("hand", "groups", "--decode", "--out", tmp_path / "back", *reversed(codes["files"]))
    missing = told("hand", "groups", "--decode", *codes["files"][1:])

    assert (sms["bytes"], len(sms["parts"])) == (60, 1)
    assert (as_json["parity"], len(as_json["groups"]), len(as_json["lines"])) == (4, 43, 6)
    assert [Path(each).name for each in codes["files"]] == ["mã-1.png", "mã-2.png", "mã-3.png"]
    assert sheet.out == f"written {tmp_path / 'fax.pdf'}\n"
    assert back.code == 0
    assert (tmp_path / "back").read_bytes() == long.read_bytes()
    assert "part 1 of 3 is missing" in missing.err


def test_refusals_have_their_sentence(told: Program, packet: Path, tmp_path: Path) -> None:
    files: dict[str, bytes] = {"none.png": b"\x89PNG\r\n\x1a\n", "long": bytes(401), "odd": b"abc"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    _foreign(tmp_path / "foreign.png")
    _two(told, packet, tmp_path)
    none, long, odd = (tmp_path / name for name in files)

    for words, said in (
        (("--decode", none), "cannot be read"),
        (("--decode", tmp_path / "foreign.png"), "holds no packet"),
        (("--decode", tmp_path / "two.png"), "more than one packet"),
        (("--encode", long), "401 bytes, allowed are 1 to 400"),
        (("--encode", odd), "whole base64"),
        (("--decode", odd), "group 1"),
    ):
        ran = told("hand", "groups", *words)
        assert (ran.code, said in ran.err) == (20, True), ran.err
    assert told("hand", "groups", "--encode", "--as", "qr", packet).code == 2
    assert told("hand", "groups", "--encode", packet, packet).code == 2
    assert told("hand", "groups", packet).code == 2
    assert told("hand", "groups", "--encode", "--as", "fax", "--out", tmp_path / "a", packet).code == 0
    assert told("hand", "groups", "--encode", "--as", "fax", "--out", tmp_path / "a", packet).code == 66


def _foreign(path: Path) -> None:
    import segno

    segno.make("WIFI:S:khach;P:abc;;", micro=False).save(str(path), scale=4)


def _two(told: Program, packet: Path, folder: Path) -> None:
    """Make a picture of the codes of two packets beside each other."""
    other = folder / "other"
    other.write_bytes(PACKET[::-1])
    pages = []
    for number, source in enumerate((packet, other)):
        told("hand", "groups", "--encode", "--as", "qr", "--out", folder / f"one{number}", source)
        pages.append(Image.open(io.BytesIO((folder / f"one{number}.png").read_bytes())).convert("L"))
    wide = Image.new("L", (pages[0].width + pages[1].width, pages[0].height), 255)
    wide.paste(pages[0], (0, 0))
    wide.paste(pages[1], (pages[0].width, 0))
    wide.save(folder / "two.png")
