"""`make package`: both packages, their sums, bills of material and notices into out/package.

    .venv-package/bin/python packaging/linux/build.py [--out DIR] [--version VERSION] [--source TREE]

The date of everything is that of the last commit (or SOURCE_DATE_EPOCH); nothing of the builder's machine goes in but
the libraries of its distribution, which the bill of materials names by version.
"""

import argparse
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Run as a script: its neighbours are found by this path, so they come after it.
sys.path[:0] = [str(HERE), str(HERE.parent / "desktop")]

import control  # noqa: E402 - after the path
import deb  # noqa: E402 - after the path
import inventory  # noqa: E402 - after the path
import manuals  # noqa: E402 - after the path
import notices  # noqa: E402 - after the path
import parts  # noqa: E402 - after the path
import sbom  # noqa: E402 - after the path

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def main() -> None:
    """Build."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, default=ROOT / "out/package")
    reader.add_argument("--version", default=parts.version())
    reader.add_argument("--source", type=Path, default=ROOT, help="another state of the program, for an older package")
    press = int(os.environ.get("PRESS") or 6)
    reader.add_argument(
        "--press", type=int, default=press, help="how hard to compress, 0 to 9; a trial is quicker with 0"
    )
    asked = reader.parse_args()
    out, source = asked.out.resolve(), asked.source.resolve()
    if stale := parts.not_as_locked():
        raise SystemExit(f"not what the lock names: {', '.join(stale)}; packaging/bootstrap package")
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or _last_commit())
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    work = _freeze(out, source, epoch)
    made = []
    for number, (package, folder) in enumerate((("secmsg-desktop", "secmsg"), ("secmsg-relay", "secmsg-relay"))):
        built = out / "build" / ("desktop" if number == 0 else "relay")
        _strip(built)
        taken = inventory.take(inventory.read(built, work, number), parts.locked())
        if lacking := notices.without_text(taken):
            raise SystemExit(f"no text of a licence: {', '.join(lacking)}")
        bill, notice = out / f"{package}_{asked.version}.cdx.json", out / f"{package}_{asked.version}.THIRD-PARTY.txt"
        sbom.write(bill, package, asked.version, taken, built, epoch)
        notices.write(notice, package, asked.version, f"/usr/lib/{folder}", taken)
        tree = out / "tree" / package
        deb.put(built, tree / "usr/lib" / folder)
        _documents(tree, package, bill, notice, asked.version, epoch)
        lay = _lay_desktop if number == 0 else _lay_relay
        scripts, conffiles = lay(tree, source, asked.version, epoch)
        target = out / f"{package}_{asked.version}_amd64.deb"
        deb.build(
            tree, _control(relay=number == 1, version=asked.version), scripts, conffiles, target, epoch, asked.press
        )
        made += [target, bill, notice]
    lines = [f"{inventory.digest(each)}  {each.name}\n" for each in made]
    (out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    for each in made:
        sys.stdout.write(f"{each.stat().st_size:>12}  {each}\n")


def _last_commit() -> str:
    command = ["git", "log", "-1", "--format=%ct"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def _freeze(out: Path, source: Path, epoch: int) -> Path:
    """Run PyInstaller; the folder of its lists."""
    settled = {
        "PATH": os.environ["PATH"], "HOME": str(out), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch),
        "TZ": "UTC", "LC_ALL": "C.UTF-8", "SECMSG_SOURCE": str(source),
    }  # fmt: skip
    with (out / "pyinstaller.log").open("wb") as log:
        done = subprocess.run(
            [
                sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", str(out / "build"),
                "--workpath", str(out / "work"), str(HERE.parent / "desktop/secmsg.spec"),
            ],
            env=settled, stdout=log, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"PyInstaller ended with {done.returncode}: {out}/pyinstaller.log")
    return out / "work/secmsg"


def _strip(built: Path) -> None:
    for each in sorted((built / "_internal").rglob("*.so")):
        if str(each.relative_to(built / "_internal")).startswith(parts.STRIPPED):
            subprocess.run(["strip", "--strip-unneeded", str(each)], check=True)
    for each in built.rglob("*"):
        if each.is_file() and not each.is_symlink() and each.parent != built:
            each.chmod(each.stat().st_mode & ~(stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH))


def _documents(tree: Path, package: str, bill: Path, notice: Path, version: str, epoch: int) -> None:
    folder = tree / "usr/share/doc" / package
    copyright_ = (HERE / "copyright").read_text(encoding="utf-8").replace("{package}", package)
    deb.put_text(copyright_, folder / "copyright")
    deb.put_text(notice.read_text(encoding="utf-8"), folder / "THIRD-PARTY.txt.gz", packed_at=epoch)
    deb.put_text(bill.read_text(encoding="utf-8"), folder / "sbom.cdx.json.gz", packed_at=epoch)
    deb.put_text(control.changelog(package, version, epoch), folder / "changelog.gz", packed_at=epoch)


def _lay_desktop(tree: Path, source: Path, version: str, epoch: int) -> tuple[dict[str, str], list[str]]:
    share = tree / "usr/share"
    deb.link(tree / "usr/bin/secmsg", "../lib/secmsg/secmsg")
    deb.link(tree / "usr/bin/secmsg-desktop", "../lib/secmsg/secmsg-desktop")
    deb.put(HERE / "secmsg-desktop.desktop", share / "applications/secmsg-desktop.desktop")
    deb.put(HERE / "secmsg.metainfo.xml", share / "metainfo/secmsg.metainfo.xml")
    deb.put(HERE / "secmsg-mime.xml", share / "mime/packages/secmsg.xml")
    deb.put(HERE / "secmsg.svg", share / "icons/hicolor/scalable/apps/secmsg.svg")
    for size in ICON_SIZES:
        _icon(share / f"icons/hicolor/{size}x{size}/apps/secmsg.png", size)
    manuals.commands(share / "man/man1/secmsg.1.gz", "secmsg", 1, _command(source, "root", "secmsg"), version, epoch)
    manuals.windows(share / "man/man1/secmsg-desktop.1.gz", version, epoch)
    closed = (HERE / "desktop.closed").read_text(encoding="utf-8")
    return {"preinst": closed, "prerm": closed}, []


def _lay_relay(tree: Path, source: Path, version: str, epoch: int) -> tuple[dict[str, str], list[str]]:
    examples = tree / "usr/share/doc/secmsg-relay/examples"
    deb.link(tree / "usr/bin/secmsg-relay", "../lib/secmsg-relay/secmsg-relay")
    deb.put(HERE / "first-start", tree / "usr/lib/secmsg-relay/first-start")
    (tree / "usr/lib/secmsg-relay/first-start").chmod(0o755)
    deb.put_text(control.unit(), tree / "usr/lib/systemd/system/secmsg-relay.service")
    deb.put(HERE / "relay.conf", tree / "etc/secmsg-relay/relay.conf")
    for name in ("nginx.conf", "Caddyfile"):
        deb.put(ROOT / "packaging/relay" / name, examples / name)
    page = tree / "usr/share/man/man8/secmsg-relay.8.gz"
    manuals.commands(page, "secmsg-relay", 8, _command(source, "relay", "relay"), version, epoch)
    scripts = {name: (HERE / f"relay.{name}").read_text(encoding="utf-8") for name in ("postinst", "prerm", "postrm")}
    return scripts, ["/etc/secmsg-relay/relay.conf"]


def _control(*, relay: bool, version: str) -> str:
    told = control.RELAY if relay else control.DESKTOP
    words = {"version": version, "maintainer": control.MAINTAINER, "depends": control.depends(relay=relay)}
    return told.format(**words, size="{size}")


def _command(source: Path, module: str, name: str) -> "manuals.click.Command":
    if str(source) not in sys.path:
        sys.path.insert(0, str(source))
    import importlib

    found: manuals.click.Command = getattr(importlib.import_module(f"secmsg.commands.{module}"), name)
    return found


def _icon(target: Path, size: int) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(HERE / "secmsg.svg")).render(painter)
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    image.save(str(target))


if __name__ == "__main__":
    main()
