"""One Debian package from a laid-out tree: the same tree gives the same bytes, whoever builds, wherever and when."""

import gzip
import hashlib
import os
import shutil
import subprocess
from pathlib import Path


def put(source: Path, target: Path) -> None:
    """Copy a file, a link or a folder into the tree."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copyfile(source, target)


def put_text(text: str, target: Path, *, packed_at: int | None = None) -> None:
    """Write a text into the tree, gzipped (without the hour it was done) where `packed_at` is given."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if packed_at is None:
        target.write_text(text, encoding="utf-8")
        return
    with gzip.GzipFile(target, "wb", mtime=packed_at) as file:
        file.write(text.encode())


def link(target: Path, to: str) -> None:
    """Make a link."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(to)


def build(
    tree: Path, control: str, scripts: dict[str, str], conffiles: list[str], target: Path, epoch: int, press: int = 6
) -> None:
    """Write the package of a tree to `target`; `control` has a place for {size}, `press` is xz's level, 0 to 9."""
    files = sorted(each for each in tree.rglob("*") if each.is_file() and not each.is_symlink())
    size = sum(-(-each.stat().st_size // 1024) for each in files) + sum(1 for each in tree.rglob("*") if each.is_dir())
    sums = [f"{hashlib.md5(each.read_bytes()).hexdigest()}  {each.relative_to(tree)}\n" for each in files]
    told = tree / "DEBIAN"
    told.mkdir()
    (told / "control").write_text(control.replace("{size}", str(size)), encoding="utf-8")
    (told / "md5sums").write_text("".join(sums), encoding="utf-8")
    if conffiles:
        (told / "conffiles").write_text("".join(f"{each}\n" for each in conffiles), encoding="utf-8")
    for name, script in scripts.items():
        (told / name).write_text(script, encoding="utf-8")
        (told / name).chmod(0o755)
    _settle(tree, epoch)
    # With several threads the pieces depend on how many there are.
    pressed = ["-Zxz", f"-z{press}", "--threads-max=1"]
    command = ["dpkg-deb", *pressed, "--root-owner-group", "--build", str(tree), str(target)]
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}, stdout=subprocess.DEVNULL)


def _settle(tree: Path, epoch: int) -> None:
    """Give every file the same rights and the same hour, whatever umask and clock the builder has."""
    for each in [*tree.rglob("*"), tree]:
        if not each.is_symlink():
            runs = each.is_dir() or each.stat().st_mode & 0o100
            each.chmod(0o755 if runs else 0o644)
    for each in sorted([*tree.rglob("*"), tree], key=lambda path: -len(path.parts)):
        os.utime(each, (epoch, epoch), follow_symlinks=False)
