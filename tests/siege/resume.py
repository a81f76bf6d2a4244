"""Foreign clients through a line that is cut three times: `tuspy` uploads, `curl -C -` downloads, bytes equal."""

import base64
import hashlib
import os
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

from tusclient.client import TusClient

from secmsg.relay import home as homes
from tests.bench.peers import need
from tests.helpers.cutting_proxy import CuttingProxy, cutting
from tests.siege.ground import prepared, serving

SIZE = 48 << 20
CUTS = (9 << 20, 14 << 20, 11 << 20)
NAME, CAPABILITY = "sixteen bytes id", "a capability that no one guesses"
_PATIENCE_S = 60


def run() -> list[str]:
    """Print what each client did; return what did not hold."""
    curl = need("curl", "curl")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "source"
        source.write_bytes(os.urandom(SIZE))
        # The proxy stands first: its address is the public one, so that `Location` leads through it again.
        with cutting(("127.0.0.1", 0)) as proxy:
            ground = prepared(folder / "relay", f"https://127.0.0.1:{proxy.port}")
            proxy.target = ("127.0.0.1", homes.load(ground.home).port)
            with serving(ground):
                broken = _upload(proxy, ground.address.prefix, source)
                return broken + _download(curl, proxy, f"{ground.address.prefix}/u/{NAME.encode().hex()}", source)


def _upload(proxy: CuttingProxy, prefix: str, source: Path) -> list[str]:
    proxy.begin(*CUTS)
    bearer = base64.b64encode(CAPABILITY.encode()).decode()
    client = TusClient(f"https://127.0.0.1:{proxy.port}/{prefix}/u", headers={"Authorization": f"Bearer {bearer}"})
    uploader = client.uploader(
        str(source),
        chunk_size=16 << 20,
        metadata={"id": NAME, "cap": CAPABILITY, "filename": "not read.pdf"},
        retries=8,
        retry_delay=0,
        verify_tls_cert=False,
        upload_checksum=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the certificate is pinned by our link; this client does not know it
        uploader.upload()
    print(f"tuspy: {uploader.offset} of {SIZE} bytes at the relay through {proxy.done} cuts")
    return [] if (uploader.offset, proxy.done) == (SIZE, len(CUTS)) else ["tuspy did not bring the whole file"]


def _download(curl: str, proxy: CuttingProxy, path: str, source: Path) -> list[str]:
    proxy.begin(*CUTS)
    target = source.with_name("back")
    command = [curl, "-sS", "-k", "-C", "-", "-o", str(target), f"https://127.0.0.1:{proxy.port}/{path}"]
    until = time.monotonic() + _PATIENCE_S
    tries = 1
    while subprocess.run(command, check=False, capture_output=True).returncode != 0 and time.monotonic() < until:
        tries += 1
    same = hashlib.sha256(target.read_bytes()).digest() == hashlib.sha256(source.read_bytes()).digest()
    print(f"curl -C -: {target.stat().st_size} bytes in {tries} runs through {proxy.done} cuts, equal: {same}")
    return [] if same and proxy.done == len(CUTS) else ["curl did not get the same bytes"]
