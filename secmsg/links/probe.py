"""Who answers at a relay's address: told apart from nobody, for the words of a test; nothing is sent there.

The carrying itself needs no such look: it speaks only to the certificate that is pinned (`line`).
"""

import hashlib
import socket
import ssl
from urllib.parse import urlsplit

from secmsg.errors import Unreachable
from secmsg.links.link import Timeouts


def certificate_hash(base_url: str, timeouts: Timeouts) -> bytes:
    """Return SHA-256 of the certificate shown at the address, after a handshake and no request; Unreachable."""
    where = urlsplit(base_url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with (
            socket.create_connection((where.hostname or "", where.port or 443), timeouts.connect_s) as plain,
            context.wrap_socket(plain) as line,
        ):
            shown = line.getpeercert(binary_form=True)
    except (OSError, ValueError):
        raise Unreachable("nobody answers at the relay's address") from None
    if shown is None:
        raise Unreachable("no certificate was shown")
    return hashlib.sha256(shown).digest()
