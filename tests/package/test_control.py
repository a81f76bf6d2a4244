"""What Debian, the desktop and systemd are told, asked without building a package."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from secmsg.commands.root import VERSION
from tests.package.folders import ROOT, load

control = load("linux/control.py")
LINUX = ROOT / "packaging/linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def names(line: str) -> set[str]:
    """Give the first name of each alternative."""
    return {re.split(r"[ |(]", each.strip())[0] for each in line.split(",")}


def test_the_package_needs_what_the_doctor_looks_for_and_nothing_else() -> None:
    doctor = control.doctor()
    wanted = {*doctor.LIBRARIES["offscreen"].values(), *doctor.LIBRARIES["window"].values()}

    assert names(control.depends(relay=False)) - {"libc6", "libgcc-s1", "libstdc++6"} == wanted
    assert "libglib2.0-0 | libglib2.0-0t64" in control.depends(relay=False)


def test_the_relay_needs_no_library_of_a_screen() -> None:
    assert names(control.depends(relay=True)) == {"libc6", "libgcc-s1", "libstdc++6", "adduser"}


def test_the_menu_entry_starts_the_windows_in_both_languages() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / "secmsg-desktop.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]

    assert (told["Exec"], told["Icon"], told["Terminal"]) == ("secmsg-desktop", "secmsg", "false")
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert told[key] != told[f"{key}[vi]"]
    assert "MimeType" not in told  # the windows take no file by a double click


def test_what_software_centres_are_told_names_the_menu_entry() -> None:
    root = ET.parse(LINUX / "secmsg.metainfo.xml").getroot()

    launchable = root.find("launchable")
    assert launchable is not None
    assert launchable.text == "secmsg-desktop.desktop"
    assert {each.text for each in root.iter("binary")} == {"secmsg", "secmsg-desktop"}


def test_a_pouch_is_known_by_an_ending_alone_since_its_bytes_tell_nothing() -> None:
    root = ET.parse(LINUX / "secmsg-mime.xml").getroot()

    assert [each.get("pattern") for each in root.iter(f"{MIME}glob")] == ["*.secmsg-pouch"]
    assert list(root.iter(f"{MIME}magic")) == []


def test_the_service_of_the_package_is_the_one_of_the_folder_with_the_packages_program() -> None:
    ours, theirs = control.unit(), (ROOT / "packaging/relay/secmsg-relay.service").read_text(encoding="utf-8")
    changed = ("#", "ExecStart", "EnvironmentFile", "WorkingDirectory")

    def kept(text: str) -> list[str]:
        return [line for line in text.splitlines() if not line.startswith(changed)]

    assert kept(ours) == kept(theirs)
    assert "/opt/secmsg" not in ours
    assert "ProtectSystem=strict" in ours
    assert re.search(
        r"^ExecStart=/usr/lib/secmsg-relay/secmsg-relay serve --home /var/lib/secmsg-relay", ours, re.MULTILINE
    )


def test_the_first_start_makes_a_relay_and_the_second_touches_nothing(tmp_path: Path) -> None:
    home = tmp_path / "relay"
    script = (LINUX / "first-start").read_text(encoding="utf-8")
    program = f"{shlex.quote(sys.executable)} -m secmsg relay"
    ours = tmp_path / "first-start"
    ours.write_text(script.replace("/usr/lib/secmsg-relay/secmsg-relay", program))
    words = {"STATE_DIRECTORY": str(home), "PORT": "0", "PUBLIC_URL": "https://relay.example", "HOST": "127.0.0.1"}

    first = subprocess.run(["/bin/sh", str(ours)], env=words, cwd=ROOT, capture_output=True, text=True, check=True)
    before = {each: each.read_bytes() for each in home.rglob("*") if each.is_file()}
    second = subprocess.run(["/bin/sh", str(ours)], env=words, cwd=ROOT, capture_output=True, text=True, check=True)

    assert first.stdout.strip() == "https://relay.example"
    assert second.stdout == ""
    assert before == {each: each.read_bytes() for each in home.rglob("*") if each.is_file()}
    assert (home / "tls.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["relay.postinst", "relay.prerm", "relay.postrm", "first-start", "desktop.closed"])
def test_no_script_of_a_package_deletes_anything(name: str) -> None:
    script = (LINUX / name).read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if not line.lstrip().startswith(("#", "echo"))]

    assert subprocess.run(["/bin/sh", "-n", str(LINUX / name)], check=False).returncode == 0
    assert not [line for line in commands if re.search(r"\b(rm|rmdir|deluser|userdel|shred|find)\b", line)]


def test_no_file_is_taken_from_under_a_program_that_runs(tmp_path: Path) -> None:
    under = tmp_path / "lib" / "secmsg"
    under.mkdir(parents=True)
    program = shutil.copy(shutil.which("sleep") or "/bin/sleep", under / "secmsg-desktop")
    script = (LINUX / "desktop.closed").read_text(encoding="utf-8").replace("/usr/lib/secmsg/", f"{under}/")
    for name in ("preinst", "prerm"):
        (tmp_path / name).write_text(script, encoding="utf-8")

    def asked(name: str, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(["/bin/sh", str(tmp_path / name), *words], capture_output=True, text=True, check=False)

    with subprocess.Popen([program, "60"]) as running:
        while Path(f"/proc/{running.pid}/exe").readlink() != Path(program):
            time.sleep(0.01)  # the fork has not become the program yet
        upgraded, removed = asked("preinst", "upgrade", "0.1"), asked("prerm", "remove")
        said_once, installed = asked("prerm", "upgrade", "0.2"), asked("preinst", "install")
        running.kill()
    assert (upgraded.returncode, removed.returncode) == (1, 1)
    assert (said_once.returncode, installed.returncode) == (0, 0)
    assert f" {running.pid} (" in upgraded.stderr
    assert "Ctrl+Q" in upgraded.stderr
    assert asked("preinst", "upgrade", "0.1").returncode == 0


def test_the_packages_have_the_version_of_the_program() -> None:
    assert load("desktop/parts.py").version() == VERSION


def test_the_scripts_for_machines_without_a_network_are_whole() -> None:
    for name in ("bootstrap", "wheelhouse", "lock"):
        assert subprocess.run(["/bin/sh", "-n", str(ROOT / "packaging" / name)], check=False).returncode == 0
