"""What a package holds beside what the imports say, and what it leaves out: read by secmsg.spec, held by the tests."""

import os
import re
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(os.environ.get("SECMSG_SOURCE") or Path(__file__).resolve().parents[2])
"""The program that is packed: this one, or another state of it."""

_PINNED = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^ ;]+)(?P<marker> ;.*)? \\")
LOADED_BY_NAME = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "uvicorn.logging",
    "tzdata",
)
"""Modules of others that nothing imports in so many words: secmsg/store/keyring.py, uvicorn's settings, the
hours of the world where the system has none."""

LEFT_OUT = (
    "tkinter", "unittest", "test", "lib2to3", "pydoc", "pydoc_data", "doctest", "pdb", "idlelib", "ensurepip", "venv",
    "distutils", "setuptools", "pip", "pkg_resources", "_distutils_hack", "numpy", "PIL.ImageTk", "PIL.ImageQt", "gi",
    "curses", "readline", "h11", "lxml", "xmlrpc", "chardet", "PySide6.QtNetwork", "PIL._avif", "PIL._webp",
    "PIL._imagingcms", "PIL._imagingtk", "PIL.AvifImagePlugin", "PIL.WebPImagePlugin",
)  # fmt: skip
"""Modules that some library would like to have and the program never uses."""

NOT_THE_RELAYS = (
    "ui", "secmsg.station", "secmsg.store", "secmsg.protocol", "secmsg.papers", "secmsg.links", "secmsg.authority",
    "secmsg.manual", "secmsg.metadata", "secmsg.office",
    "PySide6", "shiboken6", "PIL", "pikepdf", "reportlab", "keyring", "sqlcipher3", "requests", "zxingcpp", "segno",
    "reedsolo", "base45",
)  # fmt: skip
"""What no relay needs: its package cannot open an envelope, because it holds nothing that could."""

QT_PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqwayland.so",
    "platforms/libqoffscreen.so",
    "xcbglintegrations/libqxcb-egl-integration.so",
    "xcbglintegrations/libqxcb-glx-integration.so",
    "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/libbradient.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platformthemes/libqxdgdesktopportal.so",
    "imageformats/libqsvg.so",
    "imageformats/libqjpeg.so",
    "iconengines/libqsvgicon.so",
)
"""Parts of Qt that Qt itself loads by name: windows on X11, on Wayland and without a screen, input of Vietnamese."""

OWN_LIBRARIES = (
    "libpython3", "libssl", "libcrypto", "libffi", "libexpat", "libsqlite3", "libz.", "libbz2", "liblzma", "libuuid",
)  # fmt: skip
"""What Python itself is made of. Every other library of the system stays the system's, named in the package's Depends,
so that its security updates reach the program."""


QT_LEFT_OUT = ("libQt6EglFS", "libQt6EglFs", "libQt6Network")
"""Libraries that only left-out parts of Qt ask for."""

STRIPPED = ("sqlcipher3/_sqlite3",)
"""Extensions that their makers ship with names for a debugger, 13 MB of them."""


def modules_of(package: str, root: Path = ROOT) -> list[str]:
    """Name every module below a package of ours: commands, cleaners and screens are loaded by name."""
    files = sorted((root / package).rglob("*.py"))
    names = [".".join(file.relative_to(root).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names]


def files(root: Path = ROOT, *, relay: bool) -> list[tuple[str, str]]:
    """Give (file, folder inside the package) for what is read at run time."""
    if relay:
        found = sorted((root / "secmsg/relay/migrations").glob("*.sql"))
    else:
        found = [file for file in sorted((root / "resources").rglob("*")) if file.is_file()]
        found = [file for file in found if "sources" not in file.relative_to(root).parts]
        found += sorted(root.glob("secmsg/*/migrations/*.sql"))
    return [(str(file), str(file.relative_to(root).parent)) for file in found]


def locked(root: Path = ROOT) -> list[str]:
    """Name what the run lock names, as the lock spells it."""
    lines = (root / "packaging/locks/run.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if "==" in line]


def versions(root: Path = ROOT) -> list[tuple[str, str]]:
    """Give (METADATA, folder) of every locked distribution that is installed: "about the program" tells their versions.

    Nothing else of their records goes along: who installed them, and when, differs from machine to machine.
    """
    found = []
    for name in locked(root):
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue  # it is for another system
        file = next(each for each in files if each.name == "METADATA")
        found.append((str(file.locate()), file.parent.name))
    return found


def not_as_locked(root: Path = ROOT) -> list[str]:
    """Name what is installed in another version than the run lock's, or lacks though it is for this system."""
    wrong = []
    for line in (root / "packaging/locks/run.txt").read_text(encoding="utf-8").splitlines():
        if (told := _PINNED.match(line)) is None:
            continue
        try:
            same = metadata.version(told["name"]) == told["version"]
        except metadata.PackageNotFoundError:
            same = bool(told["marker"])
        if not same:
            wrong.append(told["name"])
    return wrong


def version(root: Path = ROOT) -> str:
    """Say which version of the program this is."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
