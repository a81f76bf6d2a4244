"""What a package is made of, asked without building one: `make package-check` builds, installs and runs it."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from secmsg.commands import root
from secmsg.commands.root import LazyGroup
from secmsg.program import MODULES
from tests.package.folders import ROOT, load
from ui.screen import HEAVY

parts = load("desktop/parts.py")
start = load("desktop/start.py")


def modules() -> set[str]:
    return {*parts.modules_of("secmsg"), *parts.modules_of("ui"), *parts.LOADED_BY_NAME}


def lazy(group: LazyGroup) -> set[str]:
    """Every module that the tree of commands loads by name, down to its leaves."""
    found: set[str] = set()
    for name, place in group.places.items():
        found.add(place.partition(":")[0])
        command = group.get_command(click.Context(group), name)
        if isinstance(command, LazyGroup):
            found |= lazy(command)
    return found


def test_every_command_that_is_loaded_by_name_is_in_the_package() -> None:
    assert isinstance(root.secmsg, LazyGroup)
    named = lazy(root.secmsg)

    assert len(named) > 15
    assert named <= modules()


def test_every_piece_of_ours_that_a_screen_loads_by_name_is_in_the_package() -> None:
    ours = {each for each in HEAVY if each.startswith(("secmsg.", "ui."))}

    assert ours <= modules()
    assert {f"{module}.__main__" for module in MODULES} <= modules()


def test_every_keyring_that_is_trusted_here_is_in_the_package() -> None:
    from secmsg.store.keyring import TRUSTED

    assert {module for platform, module, _ in TRUSTED if platform == "linux"} <= set(parts.LOADED_BY_NAME)


def test_no_module_that_is_needed_is_left_out() -> None:
    """Everything the program imports in so many words, in any file, may not be on the list of what is left out."""
    words = re.compile(r"^\s*(?:from|import)\s+([\w.]+)", re.MULTILINE)
    used: set[str] = set()
    for folder in ("secmsg", "ui"):
        for file in (ROOT / folder).rglob("*.py"):
            used |= set(words.findall(file.read_text(encoding="utf-8")))

    assert not {name for name in used for out in parts.LEFT_OUT if name == out or name.startswith(f"{out}.")}


def test_what_is_read_at_run_time_is_in_the_package() -> None:
    inside = {f"{folder}/{Path(file).name}" for file, folder in parts.files(relay=False)}

    for needed in ("resources/i18n/vi.ts", "resources/style.qss", "resources/codebook/edition-01.tsv"):
        assert needed in inside
    for folder in ("secmsg/store/migrations", "secmsg/relay/migrations", "resources/icons", "resources/fonts"):
        assert {f"{folder}/{each.name}" for each in (ROOT / folder).glob("*.*")} <= inside


def test_a_relay_is_served_without_anything_that_could_open_an_envelope() -> None:
    code = (
        "import sys, importlib\n"
        f"for name in {parts.modules_of('secmsg/relay')!r}: importlib.import_module(name)\n"
        "import secmsg.__main__, secmsg.commands.relay\n"
        f"out = {parts.NOT_THE_RELAYS!r}\n"
        "print([each for each in sys.modules if each.startswith(tuple(f'{name}.' for name in out)) or each in out])"
    )

    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_the_modules_listed_are_there_to_be_imported() -> None:
    for name in ("secmsg.commands.relay", "secmsg.metadata.pdf", "ui.tour.demo"):
        assert name in modules()
        assert importlib.util.find_spec(name) is not None


@pytest.mark.parametrize(
    ("executable", "words", "expected"),
    [
        ("/usr/lib/secmsg/secmsg", ["list"], ("secmsg", ["list"])),
        ("/usr/lib/secmsg/secmsg-desktop", ["--home", "x"], ("ui", ["--home", "x"])),
        ("/usr/lib/secmsg-relay/secmsg-relay", ["serve"], ("secmsg", ["relay", "serve"])),
        ("/usr/lib/secmsg/secmsg-desktop", ["-m", "secmsg", "demo"], ("secmsg", ["demo"])),
    ],
)
def test_an_executable_runs_what_its_name_or_its_words_say(
    executable: str, words: list[str], expected: tuple[str, list[str]]
) -> None:
    assert start.asked(executable, words) == expected


def test_an_executable_is_no_interpreter() -> None:
    with pytest.raises(ValueError, match=r"http\.server"):
        start.asked("/usr/lib/secmsg/secmsg", ["-m", "http.server"])


def test_no_child_is_told_where_our_libraries_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/secmsg/_internal")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "/usr/lib/secmsg/secmsg")

    start.put_environment_back()

    assert not {"LD_LIBRARY_PATH", "_PYI_ARCHIVE_FILE"} & set(os.environ)


def test_a_childs_own_library_path_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/usr/lib/secmsg/_internal")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/opt/theirs")

    start.put_environment_back()

    assert os.environ["LD_LIBRARY_PATH"] == "/opt/theirs"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_the_versions_that_the_windows_tell_are_in_the_package() -> None:
    from ui.sheets import LICENCES

    told = {Path(file).parent.name.split("-")[0].lower().replace("_", "-") for file, _ in parts.versions()}

    assert {"pynacl", "cryptography", "sqlcipher3", "pyside6-essentials", "pillow"} <= told
    assert "pyinstaller" not in told
    assert {name.lower() for name, _ in LICENCES if name.lower() in parts.locked()} <= told


def test_a_build_from_another_lock_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "packaging/locks/run.txt"
    lock.parent.mkdir(parents=True)
    here = (ROOT / "packaging/locks/run.txt").read_text(encoding="utf-8")

    lock.write_text(here)
    assert parts.not_as_locked(tmp_path) == []
    lock.write_text(re.sub(r"^click==\S+", "click==0.1", here, flags=re.MULTILINE) + "not-here==1.0 \\\n")
    assert parts.not_as_locked(tmp_path) == ["click", "not-here"]
