"""`make package-twice`: build again from a clone in another folder, with another user's settings, and compare.

    python3 packaging/linux/twice.py [FIRST] [--keep]       FIRST: the folder of the first build, out/package

Prints each package's sum twice and, where they differ, every file in which they do. Exit 1 when any does, 2 when the
first build is not of the commit that the clone would hold.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(words: list[str]) -> int:
    """Build a second time and compare."""
    first = Path(words[0]) if words and not words[0].startswith("-") else ROOT / "out/package"
    if why := unlike(first):
        sys.stderr.write(f"{why}\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="another place ") as place:
        tree = Path(place) / "a" / "secmsg"
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(tree)], check=True)
        second = Path(place) / "made"
        other = {**os.environ, "TZ": "Asia/Ho_Chi_Minh", "LANG": "C", "HOME": place, "PYTHONHASHSEED": "random"}
        os.umask(0o077)
        subprocess.run(["packaging/bootstrap", "package"], cwd=tree, env=other, check=True, stdout=subprocess.DEVNULL)
        build = [tree / ".venv-package/bin/python", tree / "packaging/linux/build.py", "--out", second]
        subprocess.run(build, cwd=tree, env=other, check=True, stdout=subprocess.DEVNULL)
        differing = sum(not _same(one, second / one.name) for one in sorted(first.glob("secmsg-*")))
    sys.stdout.write("identical\n" if not differing else f"{differing} of the files differ\n")
    return min(differing, 1)


def unlike(first: Path, root: Path = ROOT) -> str:
    """Say why a clone of `root` would be another program than the build in `first`; empty when it would not."""
    if _git(root, "status", "--porcelain"):
        return "there are changes that no commit holds, so no clone will: commit first"
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or _git(root, "log", "-1", "--format=%ct"))
    date = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    bills = sorted(first.glob("*.cdx.json"))
    dates = {json.loads(each.read_text(encoding="utf-8"))["metadata"]["timestamp"] for each in bills}
    return "" if dates == {date} else f"{first} holds no build of the last commit: make package"


def _git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True).stdout.strip()


def _same(one: Path, other: Path) -> bool:
    sums = [_sum(each) for each in (one, other)]
    sys.stdout.write(f"{sums[0]}  {one.name}\n{sums[1]}  {one.name}, built in another place\n")
    if sums[0] == sums[1]:
        return True
    if one.suffix == ".deb":
        for line in _differences(one, other):
            sys.stdout.write(f"  {line}\n")
    return False


def _differences(one: Path, other: Path) -> list[str]:
    found = []
    with tempfile.TemporaryDirectory() as place:
        trees = [Path(place) / name for name in ("one", "other")]
        for deb, tree in zip((one, other), trees, strict=True):
            subprocess.run(["dpkg-deb", "-R", str(deb), str(tree)], check=True)
        names = sorted({str(each.relative_to(tree)) for tree in trees for each in tree.rglob("*")})
        for name in names:
            pair = [tree / name for tree in trees]
            if not all(each.exists() or each.is_symlink() for each in pair):
                found.append(f"{name}: in one of them only")
            elif any(each.is_file() for each in pair) and _sum(pair[0]) != _sum(pair[1]):
                found.append(f"{name}: {pair[0].stat().st_size} and {pair[1].stat().st_size} bytes")
    return found or ["the same files: order, dates or rights differ"]


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
