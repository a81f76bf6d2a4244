"""Every domain-separation string of the suite, each with one use (docs/spec/crypto.md 5).

A label is printable ASCII, 1 to 64 characters. In a KDF it is preceded by its length, in a signature and in
a hash it is followed by 0x00, so no encoded label is a prefix of another even where the words are ("hx1",
"hx1 box").
"""

# KDF: handshake and session (docs/spec/crypto.md 5.1)
CHAIN = "chain"
COVER = "cover"
HX1 = "hx1"
HX1_BOX = "hx1 box"
MESSAGE = "message"
PAPER = "paper"
PAPER_PACKET = "paper packet"
PQ = "pq"
ROOT = "root"
THIN = "thin"
THIN_CHAIN = "thin chain"

# KDF: mailboxes, readers, blobs, pouches (docs/spec/crypto.md 5.1)
DEPOSIT = "deposit"
MAILBOX_ID = "mailbox id"
MAILBOXES = "mailboxes"
READER = "reader"
RING = "ring"
POUCH_BLOB = "pouch blob"
POUCH_SLOT = "pouch slot"
UPLOAD = "up"

# KDF: the local store, the enrolment kit, the cover file and the pad file (docs/spec/crypto.md 5.1)
COVER_FILE = "cover file"
KIT = "kit"
KIT_DROP = "kit drop"
PAD_FILE = "pad file"
STORE_AUDIT = "audit-mac"
STORE_BACKUP = "store/backup/v1"
STORE_DB = "sqlcipher"
STORE_IDENTITY = "identity"
STORE_KEK = "store/kek/v1"
STORE_PERSON = "store/person/v1"
STORE_SHEET = "store/sheet/v1"
STORE_SLOT = "store/slot/v1"

KDF = (
    CHAIN, COVER, HX1, HX1_BOX, MESSAGE, PAPER, PAPER_PACKET, PQ, ROOT, THIN, THIN_CHAIN,
    DEPOSIT, MAILBOX_ID, MAILBOXES, POUCH_BLOB, POUCH_SLOT, READER, RING, UPLOAD,
    COVER_FILE, KIT, KIT_DROP, PAD_FILE, STORE_AUDIT, STORE_BACKUP, STORE_DB, STORE_IDENTITY, STORE_KEK, STORE_PERSON,
    STORE_SHEET, STORE_SLOT,
)  # fmt: skip
"""Labels of `kdf.derive`."""

# Signatures (docs/spec/crypto.md 5.2)
SIGN_BATCH = "prekey-batch"
SIGN_BREAK = "break-confirmed"
SIGN_CABLE_RELEASE = "cable-release"
SIGN_CABLE_STATION = "cable-station"
SIGN_CUSTODY = "custody-record"
SIGN_EDITION = "edition"
SIGN_HX1 = "hx1-transcript"
SIGN_ISSUER = "issuer"
SIGN_KIT_CABLE = "kit-cable"
SIGN_KIT_DROP = "kit-drop"
SIGN_KIT_PERMIT = "kit-permit"
SIGN_MANIFEST = "manifest"
SIGN_NEW_BOOK = "new-book"
SIGN_PERSON = "person-request"
SIGN_PREKEY = "prekey"
SIGN_RECEIPT_PERSON = "receipt-person"
SIGN_RECEIPT_STATION = "receipt-station"
SIGN_REQUEST = "enrolment-request"
SIGN_SELF_TEST = "self-test"

SIGN = (
    SIGN_BATCH, SIGN_BREAK, SIGN_CABLE_RELEASE, SIGN_CABLE_STATION, SIGN_CUSTODY, SIGN_EDITION, SIGN_HX1, SIGN_ISSUER,
    SIGN_KIT_CABLE, SIGN_KIT_DROP, SIGN_KIT_PERMIT, SIGN_MANIFEST, SIGN_NEW_BOOK, SIGN_PERSON, SIGN_PREKEY,
    SIGN_RECEIPT_PERSON,
    SIGN_RECEIPT_STATION, SIGN_REQUEST, SIGN_SELF_TEST,
)  # fmt: skip
"""Labels of `signing.sign` and `signing.verify`."""

# Readers' signatures at a relay, under Ed25519 alone (docs/spec/crypto.md 5.2)
RELAY_BOX = "relay-box"
RELAY_REQUEST = "relay-request"

READER_SIGN = (RELAY_BOX, RELAY_REQUEST)
"""First bytes of what `signing.reader_sign` signs, followed by 0x00."""

# Contexts of streams (blobs, pouches, additions to a kit) and of transcript hashes (docs/spec/crypto.md 5.3)
BLOB = "DC/1 blob"
KIT_STREAM = "DC/1 kit drop"
POUCH = "DC/1 pouch"
TRANSCRIPT_HX1 = "DC/1 HX1"
TRANSCRIPT_HX1_BOX = "DC/1 HX1 box"

# Associated data of a thin packet (docs/spec/crypto.md 5.3)
THIN_PACKET = "DC/1 thin"

# Values compared by voice (docs/spec/crypto.md 5.3)
FINGERPRINT_PAIR = "DC/1 fingerprint pair"
FINGERPRINT_SESSION = "DC/1 fingerprint session"

# Hashes of the authority (docs/spec/crypto.md 5.3)
HASH_CONTENTS = "DC/1 contents"
HASH_CUSTODY = "DC/1 custody record"
HASH_EDITION = "DC/1 edition"
HASH_HAND_CABLE = "DC/1 hand cable"
HASH_KIT_CONTENTS = "DC/1 kit contents"
HASH_KIT_KEY = "DC/1 kit key"
HASH_KIT_MACHINE = "DC/1 kit machine"
HASH_PAPER = "DC/1 paper"
HASH_PERSON_REQUEST = "DC/1 person request"
HASH_PAPER_PROOF = "DC/1 paper proof"
HASH_RELAY = "DC/1 relay"
HASH_REQUEST = "DC/1 request"
HASH_ROOT = "DC/1 root"
HASH_THIN_CABLE = "DC/1 thin cable"
HASH_THIN_MESSAGE = "DC/1 thin message"
HASH_SHEET_SLOT = "DC/1 recovery slot"
HASH_VAULT = "DC/1 vault"

# Info of what is sealed to a public key (docs/spec/crypto.md 5.3)
PERSON_KEY = "DC/1 person key"

CONTEXT = (
    BLOB, KIT_STREAM, POUCH, THIN_PACKET, TRANSCRIPT_HX1, TRANSCRIPT_HX1_BOX,
    FINGERPRINT_PAIR, FINGERPRINT_SESSION,
    HASH_CONTENTS, HASH_CUSTODY, HASH_EDITION, HASH_HAND_CABLE,
    HASH_KIT_CONTENTS, HASH_KIT_KEY, HASH_KIT_MACHINE, HASH_PAPER, HASH_PAPER_PROOF, HASH_PERSON_REQUEST,
    HASH_RELAY, HASH_REQUEST,
    HASH_ROOT, HASH_SHEET_SLOT, HASH_THIN_CABLE, HASH_THIN_MESSAGE, HASH_VAULT, PERSON_KEY,
)  # fmt: skip
"""First bytes of a stream context, of associated data or of a hash input, followed by 0x00."""

ALL = KDF + SIGN + READER_SIGN + CONTEXT
