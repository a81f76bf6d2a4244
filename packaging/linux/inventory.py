"""What lies in a built folder and whose it is: libraries of Python, parts of wheels, and the native parts inside them.

Each version goes with the way in which it is known: read from the file, answered by the library, or told by its wheel.
A file that nobody answers for stops the build.
"""

import ast
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

OPENSSL = re.compile(rb"OpenSSL (\d+\.\d+\.\d+[a-z]?) +\d+ [A-Z][a-z]{2} \d{4}")
_LIBRARY = re.compile(r"lib(?P<name>[\w+-]+?)-[0-9a-f]{8}\.so(?:\.(?P<version>[\d.]+))?$")
_DEBIAN = ("/usr/", "/lib/")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a package holds."""

    name: str
    version: str
    purl: str
    licence: str
    how: str
    """How its version is known."""
    inside: str = ""
    """The part that it is built into."""
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Folder:
    """A built folder: what PyInstaller put where, and from where."""

    root: Path
    collected: list[tuple[str, str, str]]
    modules: list[tuple[str, str, str]]
    parts: list[Part] = field(default_factory=list)


def read(root: Path, work: Path, number: int) -> Folder:
    """Read PyInstaller's own lists of the `number`th folder that it made."""

    def listed(name: str) -> list[tuple[str, str, str]]:
        toc = ast.literal_eval((work / f"{name}-{number:02}.toc").read_text(encoding="utf-8"))
        return next(each for each in toc if isinstance(each, list) and each and isinstance(each[0], tuple))

    return Folder(root, listed("COLLECT"), listed("PYZ"))


def take(folder: Folder, locked: list[str]) -> list[Part]:
    """Name every part of a folder, sorted; ValueError for a file that is nobody's."""
    owners = _owners(locked)
    found: dict[str, Part] = {}
    claimed: dict[str, list[str]] = {}
    for place, source, kind in folder.collected:
        if ".dist-info" in place:
            continue  # a name and a version, for "about the program"
        part = _whose(place, source, kind, owners)
        if part is None:
            raise ValueError(f"{place}: nobody's, from {source}")
        found.setdefault(part.purl, part)
        claimed.setdefault(part.purl, []).append(place)
    for _, source, _ in folder.modules:
        if (name := owners.get(str(Path(source)))) is not None:
            found.setdefault(_wheel(name).purl, _wheel(name))
    whole = [_with_files(part, claimed.get(purl, [])) for purl, part in found.items()]
    return sorted([*whole, *_native(folder, whole)], key=lambda each: (each.inside, each.name.lower(), each.version))


# --- whose a file is ---------------------------------------------------------------------------------------------


def _owners(locked: list[str]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for name in locked:
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue
        owners |= {str(Path(str(each.locate()))): name for each in files}
    return owners


def _whose(place: str, source: str, kind: str, owners: dict[str, str]) -> Part | None:
    if kind == "SYMLINK":  # a second name of a library that is there
        source = str(next((each for each in owners if each.endswith(f"/{source}")), source))
    if (name := owners.get(source)) is not None:
        return _wheel(name)
    if source.startswith(_DEBIAN):
        return _debian(str(Path(source).resolve())) or _debian(source)
    if kind == "EXECUTABLE" or place == "base_library.zip":
        return _loader() if kind == "EXECUTABLE" else _python()
    return _own() if place.startswith(("resources/", "secmsg/")) else None


@cache
def _wheel(name: str) -> Part:
    told = metadata.metadata(name)
    licence = told.get("License-Expression") or _UNSAID.get(name) or _short(told.get("License")) or _classified(told)
    normal = re.sub(r"[-_.]+", "-", told["Name"]).lower()
    return Part(told["Name"], told["Version"], f"pkg:pypi/{normal}@{told['Version']}", licence, "its wheel's metadata")


_UNSAID = {"sqlcipher3": "Zlib", "reportlab": "BSD-3-Clause", "reedsolo": "Unlicense OR MIT-0"}
"""Licences that the metadata say in other words than SPDX's."""


def _short(text: str | None) -> str:
    return text if text is not None and "\n" not in text and text != "UNKNOWN" else ""


def _classified(told: "metadata.PackageMetadata") -> str:
    classes = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if "License ::" in each]
    return " AND ".join(classes)


@cache
def _debian(source: str) -> Part | None:
    asked = subprocess.run(["dpkg-query", "-S", source], capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        return None
    package = asked.stdout.partition(": ")[0].split(", ")[0]
    shown = ["dpkg-query", "-W", "-f=${Package} ${Version} ${Architecture}", package]
    name, version, architecture = subprocess.run(shown, capture_output=True, text=True, check=True).stdout.split()
    purl = f"pkg:deb/debian/{name}@{version}?arch={architecture}"
    return Part(
        name, version, purl, f"see /usr/share/doc/{name}/copyright of Debian", "the package that the file is of"
    )


def _python() -> Part | None:
    return _debian("/usr/lib/python3.11/os.py") or _debian(str(Path(json.__file__).resolve()))


def _loader() -> Part:
    version = metadata.version("pyinstaller")
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    return Part("pyinstaller-bootloader", version, f"pkg:pypi/pyinstaller@{version}", licence, "its wheel's metadata")


def _own() -> Part:
    return Part("secmsg-files", "as the program", "pkg:generic/secmsg-files", "Apache-2.0", "this repository")


def _with_files(part: Part, places: list[str]) -> Part:
    return Part(part.name, part.version, part.purl, part.licence, part.how, part.inside, tuple(sorted(places)))


# --- what is built into the files --------------------------------------------------------------------------------


def _native(folder: Folder, parts: list[Part]) -> Iterator[Part]:
    seen: set[tuple[str, str, str]] = set()
    inside = {place: part.name for part in parts for place in part.files}
    for place, source, kind in folder.collected:
        if kind not in {"BINARY", "EXTENSION"}:
            continue
        for name, version, licence, how in _inside(Path(source), place):
            if (name, version, inside[place]) in seen:
                continue
            seen.add((name, version, inside[place]))
            yield Part(name, version, f"pkg:generic/{name.lower()}@{version}", licence, how, inside[place], (place,))
    for part in parts:
        yield from _told(part, seen)


def _inside(file: Path, place: str) -> Iterator[tuple[str, str, str, str]]:
    for version in sorted(set(OPENSSL.findall(file.read_bytes()))):
        yield "OpenSSL", version.decode(), "Apache-2.0", "the text that the library tells its version by"
    if (named := _LIBRARY.match(file.name)) is not None:
        licence = _LICENCES.get(named["name"], "")
        yield f"lib{named['name']}", named["version"] or "0", licence, "the number of its interface, in its file's name"
    for ending, name, licence, ask in _BUILT_IN:
        if ending in place:
            yield name, ask(file), licence, _ELSEHOW.get(name, "the library itself, asked")


def _told(part: Part, seen: set[tuple[str, str, str]]) -> Iterator[Part]:
    """Take over what a wheel's maker says is inside it."""
    if not part.purl.startswith("pkg:pypi/") or part.name == "pyinstaller-bootloader":
        return
    for file in sorted(metadata.files(part.name) or [], key=str):
        if "/sboms/" not in str(file):
            continue
        for each in json.loads(file.read_text(encoding="utf-8")).get("components", []):
            name, version = str(each.get("name", "")), str(each.get("version", ""))
            known = any(other.lower() == name.lower() and whose == part.name for other, _, whose in seen)
            if not name or known or name.lower() == part.name.lower() or name.startswith("PIL._"):
                continue
            if name in _OPTIONAL and not any(_OPTIONAL[name] in place for place in part.files):
                continue
            seen.add((name, version, part.name))
            purl = each.get("purl") or f"pkg:generic/{name}@{version}"
            yield Part(name, version, purl, _of(each), f"{file.name} of the wheel's maker", part.name)


def _of(component: dict[str, Any]) -> str:
    for each in component.get("licenses") or []:
        told = each.get("expression") or each.get("license", {}).get("id") or each.get("license", {}).get("name")
        if told:
            return str(told)
    return ""


def _of_qt(_: Path) -> str:
    from PySide6.QtCore import qVersion

    return str(qVersion())


def _of_sodium(_: Path) -> str:
    """Give what PyNaCl says that it holds: the library is built in without the text that tells its version."""
    told = re.search(r"Updated ``libsodium`` to (\S+)", metadata.distribution("PyNaCl").read_text("METADATA") or "")
    return "unknown" if told is None else told[1]


def _of_sqlite(_: Path) -> str:
    import sqlcipher3

    return str(sqlcipher3.sqlite_version)


def _of_sqlcipher(_: Path) -> str:
    import sqlcipher3

    with sqlcipher3.connect(":memory:") as memory:
        return str(memory.execute("PRAGMA cipher_version").fetchone()[0]).partition(" ")[0]


def _of_icu(file: Path) -> str:
    return file.name.rpartition(".so.")[2]


def _of_qpdf(_: Path) -> str:
    import pikepdf

    return str(pikepdf.__libqpdf_version__)


def _of_wheel(name: str) -> Callable[[Path], str]:
    return lambda _: metadata.version(name)


def _of_pillow(feature: str) -> Callable[[Path], str]:
    def ask(_: Path) -> str:
        from PIL import features

        return str(features.version(feature))

    return ask


_BUILT_IN: tuple[tuple[str, str, str, Callable[[Path], str]], ...] = (
    ("libQt6Core.so", "Qt", "LGPL-3.0-only", _of_qt),
    ("libicuuc.so", "ICU", "Unicode-3.0", _of_icu),
    ("nacl/_sodium", "libsodium", "ISC", _of_sodium),
    ("sqlcipher3/_sqlite3", "SQLite", "blessing", _of_sqlite),
    ("sqlcipher3/_sqlite3", "SQLCipher", "BSD-3-Clause", _of_sqlcipher),
    ("pikepdf.libs/libqpdf", "qpdf", "Apache-2.0", _of_qpdf),
    ("zxingcpp/", "zxing-cpp (C++)", "Apache-2.0", _of_wheel("zxing-cpp")),
    ("PIL/_imaging.", "libjpeg-turbo", "IJG AND BSD-3-Clause", _of_pillow("libjpeg_turbo")),
    ("PIL/_imaging.", "zlib-ng", "Zlib", _of_pillow("zlib_ng")),
    ("PIL/_imagingft", "FreeType", "FTL OR GPL-2.0-only", _of_pillow("freetype2")),
    ("PIL/_imagingft", "HarfBuzz", "MIT-Modern-Variant", _of_pillow("harfbuzz")),
    ("PIL/_imagingft", "Raqm", "MIT", _of_pillow("raqm")),
)
_ELSEHOW = {
    "libsodium": "the change log in PyNaCl's wheel; the library was not asked",
    "zxing-cpp (C++)": "the version of its wheel, made of the same source; the library was not asked",
    "ICU": "the number at the end of its file's name",
}
"""How a version is known where it is not the library's own answer."""
_OPTIONAL = {"libimagequant": "imagequant", "libavif": "avif", "libwebp": "libwebp", "Little CMS 2": "lcms2"}
"""What Pillow's maker lists for all its wheels, and the word in a file's name without which it is not in ours."""
_LICENCES = {
    "jpeg": "IJG AND BSD-3-Clause", "qpdf": "Apache-2.0", "tiff": "libtiff", "openjp2": "BSD-2-Clause",
    "zstd": "BSD-3-Clause", "lzma": "0BSD", "Xau": "MIT", "xcb": "MIT",
}  # fmt: skip


def digest(file: Path) -> str:
    """Hash a file."""
    return sha256(file.read_bytes()).hexdigest()
