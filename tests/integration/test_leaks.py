"""Nothing an officer wrote, named or attached stands in clear at the relay, on the line or on the disk."""

import base64
import io
import logging
import shutil
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from secmsg.crypto import randomness
from secmsg.ids import StationId
from secmsg.office.draft import DraftAttachment
from secmsg.relay import home as relay_homes
from secmsg.relay import server
from secmsg.relay.app import RelayApp
from secmsg.station.station import Station
from secmsg.station.views import AttachmentState, CableRow
from secmsg.wire.cable import Degree
from secmsg.wire.contents import StationEntry
from tests.helpers.command_line import serving
from tests.helpers.leak_scanner import leaks, leaks_below
from tests.helpers.ministry import Ministry, RelayThread, draft, sync
from tests.helpers.recording_proxy import RecordingProxy, recording
from tests.helpers.relays import a_box, address_of, linked
from tests.helpers.running_clock import RunningClock

HEADQUARTERS = StationEntry(
    StationId(1), "Bộ Phượng Hoàng", "Phoenix Ministry", "Thành phố Đại Bàng", "Asia/Ho_Chi_Minh", "{number}/BPH",
    "PHUONGHOANG",
)  # fmt: skip
MISSION = StationEntry(
    StationId(2), "Đại sứ quán Bạch Dương", "Birchland Embassy", "Thủ phủ Sơn Ca", "Europe/Paris", "{number}/BD",
    "BACHDUONG",
)  # fmt: skip
BODY = "Nội dung tuyệt đối không được lộ ra ngoài"
SUBJECT = "Trích yếu về hội đàm kín tại Sơn Ca"
FILE = "danh-sách-nguồn-tin-Bạch-Dương.pdf"
CONTENT = "Hồ sơ nguồn tin số bảy mươi ba"
DRAFTER = "Trần Thị Soạn Thảo"
SECOND = "Phạm Đồng Kiểm"
WORDS = (
    BODY, SUBJECT, FILE, CONTENT, DRAFTER, SECOND, "Nguyễn Văn Phuonghoang", "Nguyễn Văn Bachduong",
    HEADQUARTERS.name_vi, HEADQUARTERS.name_en, HEADQUARTERS.place, HEADQUARTERS.mrn_name,
    MISSION.name_vi, MISSION.name_en, MISSION.place, MISSION.mrn_name,
)  # fmt: skip
CANARY = "Chim hoàng yến thứ hai"


def _ministry(root: Path, base_url: Callable[[int], str]) -> Ministry:
    """Two stations whose relay is at `base_url` of the relay's own port; nobody serves it yet."""
    ministry = Ministry(root, RunningClock())
    ministry.found()
    made = relay_homes.create(
        relay_homes.Home(root / "relay"), "127.0.0.1", 0, public_url=None, now=int(time.time()) - 60,
        random=randomness.system,
    )  # fmt: skip
    url = base_url(made.port)
    ministry.relays.append(RelayThread(root / "relay", time.time, url))
    for entry in (HEADQUARTERS, MISSION):
        ministry.enrol(entry, base_urls=(url,))
    return ministry


def _traffic(ministry: Ministry) -> None:
    """Send a short cable with an annex and a long one each way, read, export, search, acknowledge."""
    outside = ministry.root.parent / "outside"
    outside.mkdir()
    file = outside / FILE
    file.write_bytes(b"%PDF-1.7\n" + (CONTENT + "\n").encode() * 400)
    headquarters, mission = ministry.open(HEADQUARTERS), ministry.open(MISSION)
    for station in (headquarters, mission, headquarters):
        sync(station)
    _release(headquarters, MISSION.id, file)
    _release(mission, HEADQUARTERS.id, file)
    for station in (headquarters, mission, headquarters, mission):
        sync(station)
    for station in (headquarters, mission):
        rows = [row for row in station.inbox() if isinstance(row, CableRow)]
        assert len(rows) == 2, "the words have gone all the way, so that their absence means something"
        for row in rows:
            view = station.read(row.cable_id)
            assert view.cable.body.startswith(BODY)
            assert all(each.state is AttachmentState.READY for each in view.attachments)
            station.acknowledge(row.cable_id)
        (annexed,) = [row for row in rows if row.annexes]
        assert CONTENT.encode() in station.open_attachment(annexed.cable_id, 0)
        station.export(annexed.cable_id, 0, outside / f"from-{station.status().station}.pdf")
        assert len(station.search("hoi dam kin").rows) == 4
        station.save_draft(None, draft(MISSION.id, subject=SUBJECT, body=BODY))
    for station in (headquarters, mission, headquarters):
        sync(station)
    ministry.close(headquarters)
    ministry.close(mission)


def _release(station: Station, to: StationId, file: Path) -> None:
    annex = DraftAttachment(file.name, "application/pdf", str(file), file.stat().st_size, 3)
    station.release(
        draft(
            to, subject=SUBJECT, body=BODY, drafter_name=DRAFTER, attachments=(annex,), degree=Degree.TOP_SECRET,
            second_person_name=SECOND, subject_in_register=True,
        )
    )  # fmt: skip
    long = "\n".join([BODY] * 900)
    station.release(draft(to, subject=SUBJECT, body=long, summary=BODY, drafter_name=DRAFTER))


@dataclass(frozen=True, slots=True)
class Places:
    """Everything that the two tests look into."""

    root: Path
    output: Path
    captured: bytes
    logged: bytes

    @property
    def folders(self) -> tuple[Path, ...]:
        return (self.root / "relay", self.root / "station-1", self.root / "station-2", self.root / "authority")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    root = tmp_path_factory.mktemp("leaks") / "ministry"
    root.mkdir()
    output = root.parent / "relay-output"
    with recording(0) as proxy:

        def through_proxy(port: int) -> str:
            proxy.target_port = port
            return f"https://127.0.0.1:{proxy.port}"

        ministry = _ministry(root, through_proxy)
        with serving(root / "relay", output), _logging_everything() as logged:
            _traffic(ministry)
        yield Places(root, output, bytes(proxy.captured), logged.getvalue().encode())


@contextmanager
def _logging_everything() -> Iterator[io.StringIO]:
    """Write down what every library and every module of ours logs, from DEBUG upwards."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
        logging.getLogger("control").debug("%s", CANARY)
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


def test_the_relay_and_the_line_hold_no_word_of_the_cables(places: Places) -> None:
    found = leaks_below(WORDS, places.root / "relay")

    assert found == {}
    assert leaks(WORDS, places.output.read_bytes()) == set()
    assert leaks(WORDS, places.captured) == set()
    assert len(places.captured) > 100_000, "the line was the one that was recorded"
    assert places.output.read_bytes().startswith(b"ready "), "the output was the relay's"


def test_no_log_holds_a_word_of_the_cables(places: Places) -> None:
    assert leaks(WORDS, places.logged) == set()
    assert leaks([CANARY], places.logged) == {CANARY}, "what is logged is written down"


def test_the_profiles_hold_no_word_of_the_cables(places: Places) -> None:
    for folder in places.folders[1:]:
        assert leaks_below(WORDS, folder) == {}
        assert sum(path.stat().st_size for path in folder.rglob("*")) > 50_000, "there was something to look into"


SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16": lambda word: word.encode("utf-16-le"),
    "base64": lambda word: base64.b64encode(word.encode()),
    "hex": lambda word: word.encode().hex().encode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_canary_in_any_place_is_found(places: Places, tmp_path: Path, spelling: str) -> None:
    planted = SPELLINGS[spelling](CANARY)
    for folder in places.folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = str(path.relative_to(folder))
            copy = tmp_path / folder.name
            shutil.copytree(folder, copy)
            middle = path.stat().st_size // 2
            data = path.read_bytes()
            (copy / name).write_bytes(data[:middle] + planted + data[middle:])

            assert leaks_below([CANARY], copy) == {name: {CANARY}}
            shutil.rmtree(copy)

    assert leaks([CANARY], places.output.read_bytes() + planted) == {CANARY}
    assert leaks([CANARY], places.captured[:50_000] + planted + places.captured[50_000:]) == {CANARY}


def test_a_canary_as_a_row_of_the_relay_and_as_a_name_of_a_file_is_found(places: Places, tmp_path: Path) -> None:
    copy = tmp_path / "relay"
    shutil.copytree(places.root / "relay", copy)
    with closing(sqlite3.connect(copy / "relay.db")) as database:
        database.execute("CREATE TABLE careless (subject TEXT)")
        database.execute("INSERT INTO careless VALUES (?)", (CANARY,))
        database.commit()
    (copy / "blobs" / CANARY).touch()

    found = leaks_below([CANARY], copy)

    assert set(found) >= {f"blobs/{CANARY}"}
    assert any(name.startswith("relay.db") for name in found)


def test_a_canary_that_goes_through_the_proxy_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as far, recording(far.getsockname()[1]) as proxy:
        with socket.create_connection(("127.0.0.1", proxy.port)) as near:
            near.sendall(CANARY.encode())
            near.shutdown(socket.SHUT_WR)
            other, _ = far.accept()
            with other:
                assert other.recv(1000) == CANARY.encode()
        assert leaks([CANARY], bytes(_settled(proxy))) == {CANARY}


def _settled(proxy: RecordingProxy) -> bytes:
    until = time.monotonic() + 5
    while not proxy.captured and time.monotonic() < until:
        time.sleep(0.01)
    return bytes(proxy.captured)


def test_the_relay_is_told_and_tells_no_word_inside_the_tunnel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What the line's observer cannot see, the relay can: paths, headers and bodies after TLS.
    heard = bytearray()

    class HearingApp(RelayApp):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            heard.extend(scope["raw_path"] + scope["query_string"])
            for name, value in scope["headers"]:
                heard.extend(name + value)

            async def receiving() -> Message:
                message = await receive()
                heard.extend(message.get("body", b""))
                return message

            async def sending(message: Message) -> None:
                heard.extend(message.get("body", b""))
                await send(message)

            await super().__call__(scope, receiving, sending)

    monkeypatch.setattr(server, "RelayApp", HearingApp)
    root = tmp_path / "ministry"
    root.mkdir()
    ministry = _ministry(root, lambda port: f"https://127.0.0.1:{port}")
    (relay,) = ministry.relays
    relay.start()
    _traffic(ministry)
    said = bytes(heard)
    with linked(address_of(relay_homes.Home(relay.folder))) as careless:
        box = a_box()
        careless.create_boxes([box.new()])
        careless.deposit([replace(box.letter(), body=CANARY.encode().ljust(512))])
    ministry.end()

    assert leaks(WORDS, said) == set()
    assert len(said) > 100_000
    assert leaks([CANARY], bytes(heard)) == {CANARY}, "what is said in clear is heard"
