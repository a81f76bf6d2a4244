"""The stage of the demo: a relay process, an authority and two stations in a temporary folder, all of them real.

Nothing here touches a user's store or keyring; the folder goes when the demo ends.
"""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from secmsg import program
from secmsg.config import PRODUCTION, Policy, Rhythm
from secmsg.errors import Unreachable
from secmsg.ids import RelayId, StationId
from secmsg.station import first_sheet
from secmsg.station.enrol import Proposal, initialise
from secmsg.station.headquarters import RelayAccess, Seat, create_authority, open_authority
from secmsg.station.opening import without_keyring
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import Unlock, by_passphrase, by_recovery
from secmsg.wire.certificate import Role
from secmsg.wire.contents import StationEntry

POLICY: Policy = replace(PRODUCTION, rhythm=replace(Rhythm(), receipt_delay_s=(0, 1)))
"""The product's own settings, but receipts leave at once: a minute's wait hides a cable's time and bores a newcomer."""

RELAY_NAME = "Kênh chính"
STOP_S = 15


@dataclass(frozen=True, slots=True)
class Part:
    """One station of the demo; its passphrase is a prop, shown to whoever watches."""

    entry: StationEntry
    officer: str
    title: str
    role: Role
    home: Path
    passphrase: str = field(repr=False)

    def unlock(self) -> Unlock:
        """Give what opens its store."""
        return by_passphrase(self.passphrase)

    def open(self, passphrase: str | None = None) -> Station:
        """Open its store on this thread, with the passphrase of the part or one that was typed."""
        given = self.unlock() if passphrase is None else by_passphrase(passphrase)
        return open_station(self.home, given, POLICY, keyring=without_keyring())


class Stage:
    """Builds the demo's world in `folder` and takes it down again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._relay: subprocess.Popen[str] | None = None
        self.top = ""
        """What the paper of the mission's pad book shows on top; "" before the book was drawn."""
        self.headquarters = Part(
            StationEntry(
                StationId(1), "Văn phòng Bộ", "Ministry Office", "Hà Nội", "Asia/Ho_Chi_Minh", "ĐM-VP", "HANOI"
            ),
            "Nguyễn Văn An",
            "Trực ban cơ yếu",
            Role.HEADQUARTERS,
            folder / "bo",
            "tre xanh song hong dem trang",
        )
        self.mission = Part(
            StationEntry(
                StationId(2),
                "ĐSQ Việt Nam tại Cộng hòa Pháp",
                "Embassy of Viet Nam in France",
                "Paris",
                "Europe/Paris",
                "ĐM-PAR",
                "PARIS",
            ),
            "Trần Thị Bình",
            "Cán bộ cơ yếu",
            Role.STATION,
            folder / "paris",
            "gio mua he phu sa vang",
        )

    def build(self, say: Callable[[str, str], None]) -> None:
        """Make everything, telling each part in both languages as it stands."""
        self._command("relay", "init", "--home", str(self._relay_home), "--port", "0")
        self.relay_up()
        say("Máy trung chuyển chạy trên máy này", "a relay process listens on this machine")
        unlock = by_passphrase("nui cao bien rong bon mua")
        office = self._folder / "authority"
        create_authority(office, unlock, "Cục Cơ yếu", POLICY)
        say("Cơ quan chứng thực đã lập khóa gốc", "an offline authority has made its root")
        with open_authority(office, unlock, POLICY) as authority:
            for part in (self.headquarters, self.mission):
                made = initialise(
                    part.home,
                    part.unlock(),
                    Proposal(part.entry.id, part.officer, part.title, part.entry.name_vi, part.entry.place, part.role),
                    POLICY,
                    keyring=without_keyring(),
                )
                # The two ends are one program here, so the fingerprint is compared by it.
                enrolled = authority.enrol(
                    made.request,
                    Seat(part.entry, role=part.role),
                    (self._access(),),
                    made.fingerprint.__eq__,
                )
                station = part.open()
                try:
                    station.join(enrolled.kit, enrolled.activation_code)
                    # Nobody reads paper here, so all groups of the sheet are typed by it too.
                    typed = " ".join(first_sheet.groups_in(made.sheet_text))
                    station.setup.prove_sheet(by_recovery(typed), "Két số 1")
                finally:
                    station.close()
                say(f"{part.entry.name_vi}: kho điện và máy đã đăng ký", f"{part.entry.name_en}: store made, enrolled")
            for segment in authority.segments():
                file = self._folder / f"edition-{segment.number}"
                file.write_bytes(segment.data)
                self._command("relay", "publish", "--home", str(self._relay_home), str(file))
        say("Ấn bản danh bạ đã lên máy trung chuyển", "the directory's editions are at the relay")

    def relay_up(self) -> None:
        """Start the relay process and wait until it listens; Unreachable when it does not."""
        relay = subprocess.Popen(
            program.again("secmsg", "relay", "serve", "--home", str(self._relay_home)),
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl+C reaches the demo, which then ends the relay in order
        )
        self._relay = relay
        line = relay.stdout.readline() if relay.stdout is not None else ""
        if not line.startswith("ready "):
            raise Unreachable("the relay of the demo did not start")

    def relay_down(self) -> None:
        """Take the relay away: the line is cut for everybody."""
        if self._relay is None:
            return
        self._relay.terminate()
        try:
            self._relay.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._relay.kill()
            self._relay.wait()
        if self._relay.stdout is not None:
            self._relay.stdout.close()
        self._relay = None

    def close(self) -> None:
        """End what runs."""
        self.relay_down()

    @property
    def stick(self) -> Path:
        """Where the courier's stick would be: a file of an ordinary name in a folder of its own."""
        folder = self._folder / "usb"
        folder.mkdir(exist_ok=True)
        return folder / "tep-2611"

    @property
    def _relay_home(self) -> Path:
        return self._folder / "relay"

    def _access(self) -> RelayAccess:
        told = json.loads(self._command("relay", "enrol", "--home", str(self._relay_home)))
        return RelayAccess(
            relay_id=RelayId(bytes.fromhex(told["relay_id"])),
            name=RELAY_NAME,
            base_url=told["base_url"],
            prefix=told["prefix"],
            fingerprint=bytes.fromhex(told["fingerprint"]),
            enrol_token=bytes.fromhex(told["enrol_token"]),
        )

    @staticmethod
    def _command(*words: str) -> str:
        done = subprocess.run(
            program.again("secmsg", *words), check=True, capture_output=True, text=True, env={**os.environ}
        )
        return done.stdout
