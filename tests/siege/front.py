"""A relay behind nginx, by the file in packaging/relay/: honest clients pass, strangers see the web site alone."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from secmsg.crypto import randomness, tls
from secmsg.ids import BlobId
from secmsg.relay import home as homes
from tests.bench.peers import need
from tests.bench.relay_deposits import free_port, wait_for
from tests.helpers.raw_http import Answer, ask
from tests.helpers.relays import linked
from tests.integration.test_relay_decoy import BLOB, CAPABILITY, FAILURES, World
from tests.siege.ground import Ground, prepared, serving

SIZE = 12 << 20
_EXAMPLE = Path("packaging/relay/nginx.conf")
_BY_NGINX = {
    *("a length that is none", "another protocol", "chunks"),  # refused or changed before any relay
    *("a blob's size without its capability", "a blob's size with another's"),  # HEAD: no page to compare
    "no path",  # the site's first page
}
_PASSED = {"date", "etag", "last-modified"}
"""Headers of the site's own page that are the same for every path, and change with the clock or the file."""


def run() -> list[str]:
    """Print what passed and how strangers were answered; return what did not hold."""
    program = need("nginx", "nginx-light")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        port = free_port()
        ground = prepared(folder / "relay", f"https://127.0.0.1:{port}")
        site, key = tls.make_certificate("localhost", 10, int(time.time()) - 60)
        (folder / "site.crt").write_bytes(site)
        address = replace(ground.address, fingerprint=tls.fingerprint(site))
        source, back = folder / "source", folder / "back"
        source.write_bytes(randomness.system(SIZE))
        with serving(ground, "--per-address", "0"), _nginx(program, folder, ground, key):
            wait_for(port)
            with linked(address) as link:
                link.deposit([ground.box.letter(size=8192)])
                came = len(link.sync([ground.box.mailbox()]).contents[0].envelopes)
                link.upload_blob(BlobId(BLOB), CAPABILITY, source)
                link.download_blob(BlobId(BLOB), back, size=SIZE)
            same = back.read_bytes() == source.read_bytes()
            world = World(address, ground.box)
            site_page = _shown(ask(address.base_url, "GET", "/no-such-page"))
            asked = {kind: fail for kind, fail in FAILURES.items() if kind not in _BY_NGINX}
            others = [kind for kind, fail in asked.items() if _shown(fail(world)) != site_page]
    print(f"behind nginx: {came} envelope fetched, {SIZE} bytes up and down, equal: {same}")
    print(f"  {len(asked)} kinds of refusal, {len(others)} unlike the site's own missing page")
    broken = [] if came == 1 and same else ["an honest client did not pass the front proxy"]
    return [*broken, *(f"behind nginx, {each} is not the site's page" for each in others)]


def _shown(answer: Answer) -> tuple[object, ...]:
    headers = tuple((name, value) for name, value in answer.headers if name.lower() not in _PASSED)
    return answer.status, headers, answer.body


@contextmanager
def _nginx(program: str, folder: Path, ground: Ground, key: bytes) -> Iterator[None]:
    """Run nginx with the example, its capitals replaced."""
    settings = homes.load(ground.home)
    root = folder / "site"
    root.mkdir()
    (root / "404.html").write_text("<h1>Nothing here</h1>\n" * 10)
    (root / "index.html").write_text("<h1>An ordinary site</h1>\n")
    (folder / "site.key").write_bytes(key)
    (folder / "tmp").mkdir()
    text = _EXAMPLE.read_text()
    for word, value in (
        ("PID;", f"{folder}/nginx.pid;"),
        ("TEMP/", f"{folder}/tmp/"),
        ("RELAY_CERTIFICATE;", f"{ground.home.certificate};"),
        ("RELAY_PORT", str(settings.port)),
        ("PUBLIC_PORT", f"127.0.0.1:{urlsplit(settings.public_url).port}"),
        ("ssl_certificate CERTIFICATE;", f"ssl_certificate {folder}/site.crt;"),
        ("KEY;", f"{folder}/site.key;"),
        ("SITE;", "localhost;"),
        ("ROOT;", f"{root};"),
    ):
        text = text.replace(word, value)
    (folder / "nginx.conf").write_text(text)
    command = [program, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    front = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        front.terminate()
        front.wait()
