"""The second reading agrees with every vector: it takes what is accepted, to the same values, and refuses the rest."""

import ast
import base64
import copy
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from secmsg.office import kit_records
from tests.helpers.authority_vectors import changed
from tests.helpers.seeded_random import seeded
from tests.helpers.vectors import bytes_of, written
from tests.vectors import (
    frame,
    make_kit,
    make_persons,
    second_backup,
    second_basis,
    second_carriage,
    second_codebook,
    second_continuity,
    second_custody,
    second_groups,
    second_kit,
    second_manual,
    second_persons,
    second_ring,
    second_suite1,
    second_syllabary,
    second_thin_text,
    second_trust,
    second_wire,
)
from tests.vectors.frame import File, Test
from tests.vectors.second_basis import Cut, Plain, RefusedError


def leaves(value: Plain) -> Iterator[Any]:
    """Yield what a value holds, in order; absent, empty and 0 say the same, true says 1."""
    match value:
        case dict():
            for key, each in value.items():
                if key != "is":
                    yield from leaves(each)
        case list() | tuple():
            for each in value:
                yield from leaves(each)
        case None | "" | "h:" | 0:
            return
        case _:
            yield int(value) if isinstance(value, bool) else value


def same(read: object, value: object) -> None:
    assert list(leaves(written(read))) == list(leaves(value))


WIRE: dict[str, Callable[[bytes], object]] = {
    "cable": second_wire.cable,
    "signed_cable": second_wire.signed_cable,
    "slip": second_wire.slip,
    "manifest": second_wire.manifest,
    "service": second_wire.service,
    "item": second_wire.item,
    "copy": second_wire.copy,
    "cover_file": second_wire.cover_file,
    "pad_file": second_wire.pad_file,
    "revocation": second_wire.revocation,
}


def wire(file: File, test: Test) -> None:
    read = WIRE[file.name](bytes_of(test))
    same(read, test["value"])


def padding(_: File, test: Test) -> None:
    match test["do"]:
        case "pad":
            assert second_wire.pad(bytes.fromhex(test["data"]), test["size"]) == bytes_of(test)
        case "strip":
            second_wire.strip(bytes_of(test), test["length"])
        case "padme":
            assert second_wire.padme(test["size"]) == test["gives"]
        case _:
            assert second_wire.class_for(test["size"]) == test["gives"]


def digits(_: File, test: Test) -> None:
    assert second_wire.groups(test["text"]) == bytes_of(test)


def certificate(file: File, test: Test) -> None:
    data, bases = changed(test, file.bases), file.bases
    match test["do"]:
        case "decode certificate":
            read = second_trust.certificate(data)
            given = {
                **{key: getattr(read, key) for key in ("serial", "station", "subject", "not_before", "not_after")},
                "type": TYPES[read.type],
                "role": ROLES[read.role],
                "degree": DEGREES[read.degree],
                "edition": read.edition,
                "ref": read.ref.hex(),
            }
            assert given == test["gives"]
        case "decode root":
            assert second_trust.root(data).hash.hex() == test["gives"]["hash"]
        case "verify issuer":
            read = second_trust.issuer(data, second_trust.root(bases[test["root"]]))
            assert read.ref.hex() == test["gives"]["ref"]
        case "validity":
            assert second_trust.validity(second_trust.certificate(data), test["now"]) == test["gives"]["validity"]
        case _:
            head = second_trust.head(bases[test["head"]])
            if second_trust.path(data, bases[test["certificate"]], head.count) != head.tree:
                raise RefusedError("another tree")


TYPES = {1: "DEVICE", 2: "PERSON", 3: "ISSUER"}
ROLES = {1: "HEADQUARTERS", 2: "STATION", 3: "TRAVEL", 4: "RELAY_LESS"}
DEGREES = ("UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "TOP_SECRET")


def directory(file: File, test: Test) -> None:
    data = changed(test, file.bases)
    if test["do"] == "decode head":
        head = second_trust.head(data)
        assert {"number": head.number, "count": head.count, "root": head.root.hex()} == test["gives"]
        return
    covers = {int(index): bytes.fromhex(value) for index, value in test["covers"].items()}
    pinned, held = bytes.fromhex(test["pinned_root"]), None
    for before in test.get("after", []):
        held = second_trust.edition(held, pinned, file.bases[before], covers, newest=False, now=test["now"])
    held = second_trust.edition(held, pinned, data, covers, newest=True, now=test["now"])
    gives = test["gives"]
    assert (held.head.number, held.head.root.hex()) == (gives["number"], gives["root"])
    assert sorted(ref.hex() for ref in held.certificates) == gives["certificates"]
    assert {str(device): secret.hex() for device, _, secret in held.contents[1]} == gives["mailboxes"]
    assert gives["clock"] == ("BEHIND" if test["now"] + 86_400 < held.head.issued_at else "PLAUSIBLE")


def prekeys(file: File, test: Test) -> None:
    peer = second_trust.certificate(file.bases[test["peer"]])
    read = second_trust.bundle(changed(test, file.bases), peer, now=test["now"], floor=test["batch_floor"])
    assert read == list(test["gives"].values())


def enrolment(file: File, test: Test) -> None:
    data = changed(test, file.bases)
    if test["do"] == "verify request":
        asked = second_trust.request(data)
        assert {"name": asked.name, "fingerprint": asked.fingerprint.hex()} == test["gives"]
        return
    low, passes = test["floor"]
    kit = second_trust.open_kit(data, bytes.fromhex(test["code"]), (low, passes))
    device, person = second_trust.take_kit(kit, second_trust.request(file.bases[test["request"]]), test["now"])
    assert {"device": device.subject, "person": person.subject, "relay": kit[12][0][2]} == test["gives"]


def mailbox(file: File, test: Test) -> None:
    made = second_trust.mailbox(file.bases[test["base"]], bytes.fromhex(test["relay"]), test["week"], test["lane"])
    assert [each.hex() for each in made] == list(test["gives"].values())


def sync(_: File, test: Test) -> None:
    same(second_carriage.SYNC[test["format"]](bytes_of(test)), test["value"])


def of_hex(test: Test, *names: str) -> list[bytes]:
    return [bytes.fromhex(test[name]) for name in names]


def pouch(_: File, test: Test) -> None:
    match test["do"]:
        case "slot":
            root, salt, sealed = of_hex(test, "cover_root", "salt", "slot")
            assert second_carriage.slot(root, salt, test["device"], sealed).hex() == test["file_key"]
        case "name":
            assert second_carriage.blob_name(*of_hex(test, "salt", "content_key")).hex() == test["gives"]
        case "sizes":
            assert second_carriage.stream_size(test["content"], test["tail"]) == test["gives"]
        case "head":
            same(second_carriage.pouch_head(bytes.fromhex(test["hex"])), test["value"])
        case "whole":
            whole_pouch(test)
        case kind:
            cut = Cut(bytes.fromhex(test["hex"]))
            same(second_carriage.pouch_record(kind, cut), test["value"])
            cut.done()


def whole_pouch(test: Test) -> None:
    data, root = base64.b64decode(test["file"]), bytes.fromhex(test["cover_root"])
    key, context = bytes.fromhex(test["file_key"]), b"DC/1 pouch\0" + data[:32]
    plain = second_basis.unchunk(key, context, data[3_104:])
    found, records = second_carriage.whole_pouch(data[:3_104], plain, test["tail"], test["device"], root)
    assert found == key
    recorded = [each for each in frame.load("pouch").accepted() if each["name"].startswith("record ")]
    same(records, [each["value"] for each in recorded])


def crypto(file: File, test: Test) -> None:
    if "of" in test:
        test = changed_case(file, test)
    match test["do"]:
        case "kdf":
            salt, ikm, context, okm = of_hex(test, "salt", "ikm", "context", "okm")
            assert second_basis.kdf(salt, ikm, test["label"], context, test["length"]) == okm
        case "signing":
            public, message, signature = of_hex(test, "public", "message", "signature")
            if len(signature) != {"STANDARD": 3373, "ROOT": 4691}[test["level"]]:
                raise RefusedError("another level")
            second_basis.verify(public, test["label"], message, signature)
        case "reader":
            second_basis.verify_reader(*of_hex(test, "public", "message", "signature"))
        case "sealing":
            key, sealed, plaintext = of_hex(test, "key", "sealed", "plaintext")
            associated = map(bytes.fromhex, test["associated"])
            assert second_basis.unsiv(key, sealed, *associated) == plaintext
        case _:
            assert second_basis.unchunk(*of_hex(test, "cek", "context", "sealed")).hex() == test["content"]


def vault(file: File, test: Test) -> None:
    match test["do"]:
        case "derive":
            assert second_carriage.vault_keys(dict(file.given))[test["name"]].hex() == test["gives"]
        case "page":
            page_of_a_vault(file, test)
        case _:
            fixed = second_carriage.vault_header(bytes.fromhex(test["header"]), (8, 1))
            # what the header cannot show: the slots were made under another one
            if fixed != second_carriage.vault_header(bytes.fromhex(file.named("header")["header"]), (8, 1)):
                raise RefusedError("no slot opens")


def backup(file: File, test: Test) -> None:
    store, master = bytes.fromhex(file.given["store_id"]), bytes.fromhex(file.given["master"])
    keys = second_backup.keys(store, master)
    match test["do"]:
        case "derive":
            assert keys[test["name"]].hex() == test["gives"]
        case "name":
            assert second_backup.name(keys["the piece key"], bytes.fromhex(test["piece"])).hex() == test["gives"]
        case "decode":
            second_backup.manifest(bytes_of(test))
        case _:
            opened = second_backup.opened(store, keys["the manifest key"], bytes_of(test))
            assert opened == bytes_of(file.named(test["of"]))


KIT: dict[str, Callable[[bytes], object]] = {
    "permit": second_kit.permit,
    "signed permit": second_kit.signed_permit,
    "proof": second_kit.proof,
    "home": second_kit.home,
    "line": second_kit.line,
    "head": lambda data: list(second_kit.head(data).values())[1:],
}


def kit(file: File, test: Test) -> None:
    match test["do"]:
        case "verify permit":
            second_kit.permitted(make_kit.bytes_in(file, test), *of_hex(test, "officer", "second"))
        case "contents":
            listed = [(bytes.fromhex(name), bytes.fromhex(encoded)) for name, encoded in test["cables"]]
            assert second_kit.contents(listed).hex() == test["gives"]
        case "reference":
            assert second_kit.reference(*of_hex(test, "public")).hex() == test["gives"]
        case "mark":
            assert second_kit.mark(*of_hex(test, "kit", "machine")).hex() == test["gives"]
        case "judge":
            read = second_kit.permit(*of_hex(test, "permit"))
            assert second_kit.verdict(read, test) == test["gives"]
        case "addition":
            whose, permit, use, data = make_kit.addition(file, test)
            encoded = kit_records.encode_permit(permit)
            mine = second_kit.Kit(whose.kit_id, whose.seed.reveal(), whose.public, encoded, use.seen, use.drops)
            assert second_kit.addition(mine, data) == test["gives"]
        case record:
            found = KIT[record](make_kit.bytes_in(file, test))
            if record != "head":
                same(found, test["value"])


CUSTODY: dict[str, Callable[[bytes], object]] = {
    "statement": second_custody.statement,
    "entry": second_custody.entry,
    "proven": second_custody.proven,
    "line": second_custody.line,
}


def custody(file: File, test: Test) -> None:
    if test["do"] == "mac":
        key, (previous, body) = bytes.fromhex(file.given["audit_key"]), of_hex(test, "previous", "body")
        told = second_custody.mac(key, test["register"], test["line"], test["at"], previous, body)
        assert told.hex() == test["gives"]
        return
    data = bytes_of(test)
    read = CUSTODY[test["do"]](data)
    if "value" in test:
        same(read, test["value"])
    if "code" in test:
        assert second_wire.groups(test["code"]) == second_custody.code(data)


def ring(_: File, test: Test) -> None:
    match test["do"]:
        case "key":
            (transcript,) = of_hex(test, "transcript")
            assert second_ring.key(transcript, test["sender"], test["addressee"]).hex() == test["gives"]
        case "mark":
            given = of_hex(test, "key", "box", "nonce")
            assert [second_ring.mark(*given), second_ring.answer(*given)] == of_hex(test, "mark", "answer")
        case "ring":
            same(second_ring.ring(bytes_of(test)), test["value"])
        case "hear":
            assert second_ring.heard(test["callers"], test["shown"]) == test["gives"]
        case "handover":
            read = second_ring.handover(bytes_of(test))
            if "value" in test:
                same(read, test["value"])
        case _:
            try:
                taken = bool(second_ring.handover(second_ring.line(bytes_of(test))))
            except RefusedError:
                taken = False
            assert taken == test["gives"]


def persons(file: File, test: Test) -> None:
    match test["do"]:
        case "own":
            officer, public, sealed = of_hex({**file.given, **test}, "officer", "public", "hex")
            assert second_persons.own(officer, test["number"], public, sealed).hex() == test["gives"]
        case "sheet":
            secret, public, sealed = of_hex({**file.given, **test}, "sheet", "public", "hex")
            seed, mark = second_persons.sheet(secret, test["number"], public, sealed)
            assert [seed, mark] == of_hex(test, "gives", "mark")
        case "signs":
            told = second_persons.signs(test["number"], test["rank"], test["state"], test["terms"], test["now"])
            assert told == test["gives"]
        case "absence":
            second_persons.absence(test["ranks"], test["terms"], test["new"], test["now"])
        case "line":
            same(second_persons.line(bytes_of(test)), test["value"])
        case "asked":
            data, listed = make_persons.bytes_in(file, test), [bytes.fromhex(each) for each in file.given["listed"]]
            assert second_persons.asked(data, listed, file.given["issued_at"], test["now"]) == test["gives"]
            if "value" in test:
                same(second_persons.request(data), test["value"])
                assert second_persons.fingerprint(data).hex() == test["fingerprint"]
        case "request":
            second_persons.request(bytes_of(test))
        case _:
            second_persons.pin(test["pin"])


def page_of_a_vault(file: File, test: Test) -> None:
    given, header = dict(file.given), bytes.fromhex(file.named("header")["header"])
    fixed = second_carriage.vault_header(header, (8, 1))
    master, nonce = bytes.fromhex(given["master"]), seeded(given["slot_seed"].encode())(24)
    officer, sheet = second_carriage.OFFICER, second_carriage.RECOVERY
    keys = second_carriage.vault_keys(given)
    pages = {
        "slot 0, copy A": lambda: second_carriage.vault_slot(
            keys["kek"], fixed, (0, 0), (master, officer, 1, b""), nonce
        ),
        "slot 1, copy B": lambda: second_carriage.vault_slot(
            keys["kek of the sheet"], fixed, (1, 1), (master, sheet, 7, b""), nonce
        ),
        "slot 2, copy A, with an officer secret": lambda: second_carriage.vault_slot(
            keys["kek of a share"],
            fixed,
            (2, 0),
            (master, second_carriage.SHARE, 1, bytes.fromhex(given["officer"])),
            nonce,
        ),
        "map, copy A": lambda: second_carriage.vault_map(given, fixed, [officer, sheet, 0, 0, 0, 0, 0, 0], 0, nonce),
    }
    made = pages[test["name"]]()
    assert (made[:48].hex(), second_basis.short(made).hex()) == (test["starts"], test["hash"])


def changed_case(file: File, test: Test) -> Test:
    """Return the named case as a refusal describes it (crypto.md 13)."""
    case = dict(file.named(f"{test['do']}: {test['of']}"))
    if "flip" in test:
        data = bytearray.fromhex(case[test["flip"]])
        data[test["bit"] // 8] ^= 1 << test["bit"] % 8
        return case | {test["flip"]: data.hex()}
    return case | {key: test[key] for key in test.keys() & case.keys() - {"name", "expect", "flags"}}


def blob(_: File, test: Test) -> None:
    slip, ref, public, sealed = of_hex(test, "slip", "ref", "public", "sealed")
    content, manifest = second_wire.blob(slip, test["purpose"], ref, public, sealed)
    assert (content.hex(), manifest.hex()) == (test["content"], test["manifest"])


@functools.cache
def vietnamese() -> second_thin_text.Table:
    return second_thin_text.table((frame.FOLDER.parents[1] / "resources" / "thin" / "vi-1.txt").read_text("utf-8"))


def thin_text(_: File, test: Test) -> None:
    assert second_thin_text.decompress(bytes_of(test), vietnamese()) == test["text"]
    assert bytes_of(test).startswith(second_thin_text.compress(test["text"], vietnamese()))


def thin_content(_: File, test: Test) -> None:
    contents = [bytes.fromhex(each) for each in test["contents"]]
    (kind, *fields), ack = second_thin_text.received(contents, {1: vietnamese()})
    same([fields, ack], test["value"])
    if kind == 1:
        assert second_thin_text.identity([kind, *fields], 45, 1, 300).hex() == test["identity"]


def thin_lines(_: File, test: Test) -> None:
    assert second_thin_text.line(test["line"]).hex() == test["hex"]


def relay_api(_: File, test: Test) -> None:
    match test["do"]:
        case "request":
            relay, public = of_hex(test, "relay", "public")
            second_carriage.signed_request(bytes_of(test), relay, test["prefix"], public)
        case "proof":
            second_carriage.proof_of_box(test)
        case do:
            (data,) = of_hex(test, "data")
            assert (second_carriage.named(data) if do == "name" else second_basis.short(data)).hex() == test["gives"]


def continuity(_: File, test: Test) -> None:
    chain, seen = second_continuity.played(test["acts"])
    assert seen == test["gives"]
    assert (chain.runs[0][1], chain.gaps(), chain.acknowledgement()) == (test["highest"], test["gaps"], test["ack"])


def veil(file: File, test: Test) -> None:
    if test["do"] == "key":
        assert second_suite1.cover_key(bytes.fromhex(test["root"]), test["week"]).hex() == test["gives"]
        return
    covers = [bytes.fromhex(cover) for cover in test["covers"]]
    inside = second_suite1.lift(covers, test["device"], changed(test, file.bases))
    assert second_basis.short(inside).hex() == test["gives"]


def books(_: File, test: Test) -> None:
    match test["do"]:
        case "statement":
            data = bytes.fromhex(test["hex"])
            second_wire.statement(data)
            assert second_wire.book_base(data).hex() == test["stands_for"]
        case "signers":
            second_wire.may_sign(test["origin"], test["signers"])
        case _:
            told = second_wire.contradictions(test["recap"], test["theirs"], test["ours"], test["agreed"])
            assert told == [test["finds"], test["agrees"]]


def groups(_: File, test: Test) -> None:
    if test["do"] == "write":
        assert second_groups.written(bytes_of(test), test["parity"]) == test["text"]
    else:
        packet, *names = second_groups.read(test["text"])
        assert (packet.hex(), *names) == (test["hex"], test["wrong"], test["changed"])


def manual(_: File, test: Test) -> None:
    match test["do"]:
        case "message":
            lines = second_manual.message(test)
            groups = " ".join(line[:59] for line in lines[1:-1]).split()
            values = second_manual.values(test["r"][0], test["serial"], groups)
            assert lines == test["text"]
            assert test["trace"] in ("", " ".join(f"{value:05}" for value in values))
        case "received":
            assert second_manual.received(test) == test["codes"]
        case "sent":
            assert second_manual.group(test["cipher"], test["place"]) == test["gives"]
        case "tables":
            r = test["r"]
            entries = [
                [r * 100 * i for i in range(5)],
                [r * i for i in range(5)],
                [r * (100_000 + i) for i in range(3)],
            ]
            told = [test["hundreds"], test["units"], test["beyond"]]
            assert told == [[entry % second_manual.P for entry in row] for row in entries]
        case "page":
            (page,) = test["pages"]
            keys, masks = page["keys"].split(), page["masks"]
            strips = [[*keys[at : at + 30], *(masks if at == 0 else ())] for at in range(0, 120, 30)]
            assert second_manual.page_check([*keys, *masks]) == test["check"]
            assert [second_manual.page_check(strip) for strip in strips] == test["strips"]
            assert second_manual.number(int(page["number"][:4])) == page["number"]
        case _:
            groups = test["groups"].split()
            values = second_manual.values(test["r"], test["serial"], groups)
            assert second_manual.tag(test["r"], test["mask"], test["serial"], groups) == test["gives"]
            assert " ".join(f"{value:05}" for value in values) == test["trace"]


def base45(_: File, test: Test) -> None:
    assert second_groups.parts(test["parts"]).hex() == test["hex"]


def syllabary(_: File, test: Test) -> None:
    if "codes" in test:
        assert second_syllabary.read(test["codes"]) == test["reads"]
    else:
        second_syllabary.can_say(test["text"])


def boards(_: File, test: Test) -> None:
    match test["do"]:
        case "english":
            assert second_syllabary.decode(test["figures"], second_syllabary.ENGLISH) == test["text"]
        case "vietnamese":
            assert second_syllabary.vietnamese(test["figures"]) == test["text"]
        case "board":
            cells = second_syllabary.board(test["top"], test["rows"])
            key = {cell: code for code, cell in cells.items()}
            assert second_syllabary.decode(test["figures"], cells) == test["text"]
            spelled = "".join(key[letter] for letter in test["key"])
            assert second_syllabary.digitwise(test["figures"], spelled, 1) == test["gives"]
        case "subtract":
            assert second_syllabary.digitwise(test["figures"], test["key"], -1) == test["gives"]
        case "damm":
            assert second_manual.walk(test["figures"], 0) == test["gives"]
        case do:
            told = second_syllabary.letters(test["text"], test["key"], reciprocal=do == "reciprocal")
            assert told == test["gives"]


def codebook(file: File, test: Test) -> None:
    text = file.given["file"]
    if test["do"] == "file":
        second_codebook.file(text.replace(test["before"], test["after"], 1))
        return
    book = second_codebook.file(text)
    if test["do"] == "cable":
        found = second_codebook.cable(test["codes"].split(), book, 7)
        assert found == {name: test[name] for name in found}
        return
    text = second_codebook.read(test["codes"].split(), book)
    assert text == test["text"]
    if test["do"] == "encode":
        # What is the shortest is the product's to find; that it says the text with these changes is read here.
        changed, end = "", 0
        for place, before, after in test["changes"]:
            assert test["given"][place : place + len(before)] == before
            changed += test["given"][end:place] + after
            end = place + len(before)
        assert text == changed + test["given"][end:]


READ: dict[str, Callable[[File, Test], None]] = dict.fromkeys(WIRE, wire) | {
    "books": books,
    "padding": padding,
    "digits": digits,
    "base45": base45,
    "groups": groups,
    "certificate": certificate,
    "directory": directory,
    "prekeys": prekeys,
    "enrolment": enrolment,
    "mailbox": mailbox,
    "codebook": codebook,
    "manual": manual,
    "syllabary": syllabary,
    "boards": boards,
    "sync": sync,
    "pouch": pouch,
    "crypto": crypto,
    "vault": vault,
    "backup": backup,
    "kit": kit,
    "custody": custody,
    "ledger": custody,
    "ring": ring,
    "persons": persons,
    "blob": blob,
    "veil": veil,
    "continuity": continuity,
    "relay_api": relay_api,
    "thin_text": thin_text,
    "thin_content": thin_content,
    "thin_lines": thin_lines,
}


@pytest.mark.parametrize(("file", "test"), frame.cases(*READ, expect="ok"))
def test_the_second_reading_takes_what_is_accepted(file: File, test: Test) -> None:
    READ[file.name](file, test)


@pytest.mark.parametrize(("file", "test"), frame.cases(*READ, expect="refused"))
def test_the_second_reading_refuses_what_is_refused(file: File, test: Test) -> None:
    with pytest.raises(RefusedError):
        READ[file.name](file, test)


ELSEWHERE = {"suite1/handshake", "suite1/session", "suite1/packet", "thin", "recovery"}
"""Read step by step in `test_suite1.py`, `test_packet.py`, `test_thin.py` and `test_recovery.py`."""

OF_THE_STORE = {"suite1/session_version_1"}
"""Forms that one program writes for itself and reads later; nobody else needs to."""


def test_every_file_of_vectors_has_a_second_reading() -> None:
    assert set(frame.names()) == READ.keys() | ELSEWHERE | OF_THE_STORE


@pytest.mark.parametrize("path", sorted(frame.FOLDER.glob("second_*.py")), ids=lambda path: path.stem)
def test_the_second_reading_shares_nothing_with_the_product(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}
    names |= {each.name for node in imports if isinstance(node, ast.Import) for each in node.names}

    ours = {name for name in names if name.split(".")[0] in ("secmsg", "ui", "tests")}
    assert all(name.startswith("tests.vectors.second_") for name in ours)


@pytest.mark.parametrize("name", ["cable", "service", "sync"])
def test_another_value_goes_red(name: str) -> None:
    # The negative control: a comparison that sees nothing would take this too.
    file = frame.load(name)
    test = next(test for test in file.accepted() if isinstance(test["value"], dict))
    of_another = copy.deepcopy(test)
    key = next(key for key, value in test["value"].items() if key != "is" and value)
    of_another["value"][key] = 4_711

    with pytest.raises(AssertionError):
        READ[name](file, of_another)
