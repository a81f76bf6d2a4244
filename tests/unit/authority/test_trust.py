"""A station follows headquarters' editions one by one and believes nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from secmsg.authority import directory as making
from secmsg.authority import edition as editions
from secmsg.authority.directory import Change, Cover, next_edition, snapshot
from secmsg.authority.issuer import Issuer, sign_head
from secmsg.authority.trust import (
    GRACE,
    Accepted,
    Clock,
    Directory,
    OwnEntry,
    Validity,
    check_degree,
    decode_directory,
    encode_directory,
    validity,
    verify_edition,
    verify_editions,
)
from secmsg.crypto import labels, signing
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    DecryptionError,
    Expired,
    Forked,
    FormatError,
    NotEntitled,
    NotListed,
    Rollback,
    SecmsgError,
    SignatureError,
)
from secmsg.ids import CertificateRef, DeviceId, EditionNumber, PersonId, StationId
from secmsg.wire import certificate as certificates
from secmsg.wire import directory as wire
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate, CertificateType, IssuerCertificate
from secmsg.wire.contents import Block, Contents
from secmsg.wire.directory import Edition, EditionHead
from tests.helpers.authority_world import (
    COVER,
    COVER_ROOTS,
    DAY,
    KYIV,
    NEXT_COVER,
    NOW,
    PARIS,
    YEAR,
    flipped,
    issuer_of,
    member,
    of_type,
    root_of,
    world,
)

ROOT = world().root
ISSUER = world().issuer
FIRST = world().directory
HQ, PARIS_MEMBER, KYIV_MEMBER = world().members


def accept(current: Directory | None, edition: Edition, now: int = NOW) -> Accepted:
    return verify_edition(current, ROOT.hash, edition, COVER_ROOTS, now)


def follow(
    current: Directory = FIRST, change: Change | None = None, *, at: int = NOW + DAY, cover: Cover = COVER
) -> tuple[Directory, Edition]:
    return next_edition(current, ISSUER, change or Change(), cover, issued_at=at)


def resigned(edition: Edition, head: EditionHead, issuer: Issuer = ISSUER) -> Edition:
    """Sign another head for the same segment, as a careless or hostile issuer could."""
    named = replace(head, issuer=issuer.ref)
    return replace(edition, head=named, signature=sign_head(issuer, named), sealed_block=reblock(edition, named))


def reblock(edition: Edition, head: EditionHead) -> bytes:
    block = editions.unseal_block(COVER_ROOTS[edition.head.cover_index], edition.head, edition.sealed_block)
    return editions.seal_block(COVER_ROOTS[head.cover_index], head, block)


# What is accepted


def test_a_first_edition_is_accepted_under_the_pinned_root() -> None:
    accepted = accept(None, wire.decode(wire.encode(world().edition)))

    assert accepted.directory == FIRST
    assert accepted.clock is Clock.PLAUSIBLE
    assert len(accepted.added) == 6
    assert accepted.removed == ()
    assert (accepted.directory.number, accepted.directory.issued_at) == (1, NOW)


def test_the_next_edition_adds_and_removes_what_headquarters_decided() -> None:
    newcomer = member(KYIV.id, 4, edition=2)
    change = making.together([newcomer.change(), making.dismiss_device(FIRST, DeviceId(2))])
    made, edition = follow(change=change)

    accepted = accept(FIRST, edition, NOW + DAY)

    assert accepted.directory == made
    assert set(accepted.added) == {newcomer.device, newcomer.person}
    assert accepted.removed == (PARIS_MEMBER.device,)
    assert accepted.directory.head.previous_root == FIRST.root
    assert len(wire.encode(edition)) < 9_000


def test_the_same_edition_again_changes_nothing() -> None:
    accepted = accept(FIRST, world().edition)

    assert accepted.directory is FIRST
    assert accepted.added == accepted.removed == ()


def test_a_full_segment_follows_like_a_partial_one() -> None:
    made, _ = follow()

    assert accept(FIRST, snapshot(made, COVER)).directory == made


def test_a_station_catches_up_edition_by_edition() -> None:
    second, second_edition = follow()
    third, third_edition = follow(second, at=NOW + 2 * DAY)

    accepted = verify_editions(FIRST, ROOT.hash, (second_edition, third_edition), COVER_ROOTS, NOW + 3 * DAY)

    assert accepted.directory == third


def test_nothing_is_nothing_to_verify() -> None:
    with pytest.raises(FormatError, match="no edition"):
        verify_editions(FIRST, ROOT.hash, (), COVER_ROOTS, NOW)


# 1 and 5: place and chain


def test_an_older_edition_is_a_rollback() -> None:
    second, _ = follow()

    with pytest.raises(Rollback, match="does not follow"):
        accept(second, world().edition)


def test_a_gap_is_refused() -> None:
    second, _ = follow()
    _, third = follow(second, at=NOW + 2 * DAY)

    with pytest.raises(Rollback, match="does not follow"):
        accept(FIRST, third)


def test_two_editions_of_one_number_are_a_fork() -> None:
    second, _ = follow()
    _, other = follow(at=NOW + DAY + 1)

    with pytest.raises(Forked, match="two editions"):
        accept(second, other)


def test_an_unsigned_head_cannot_cry_fork() -> None:
    second, edition = follow()
    forged = replace(edition, head=replace(edition.head, issued_at=edition.head.issued_at + 1))

    with pytest.raises(SignatureError):
        accept(second, forged)


def test_an_edition_that_follows_another_is_refused() -> None:
    _, edition = follow()
    head = replace(edition.head, previous_root=b"x" * 32)

    with pytest.raises(Forked, match="follows another"):
        accept(FIRST, resigned(edition, head))


def test_time_and_cover_root_never_go_back() -> None:
    second, _ = follow(cover=NEXT_COVER)
    _, third = follow(second, at=NOW + 2 * DAY, cover=NEXT_COVER)

    with pytest.raises(Rollback, match="dated before"):
        accept(second, resigned(third, replace(third.head, issued_at=NOW)))
    with pytest.raises(Rollback, match="older cover root"):
        accept(second, resigned(third, replace(third.head, cover_index=1)))


# 2: root


def test_a_first_edition_under_another_root_is_refused() -> None:
    with pytest.raises(SignatureError):
        verify_edition(None, root_of(b"another root").hash, world().edition, COVER_ROOTS, NOW)


@pytest.mark.parametrize("part", ["root", "issuer"])
def test_a_first_edition_carries_root_and_issuer(part: str) -> None:
    lacking = {
        "root": replace(world().edition, root=None),
        "issuer": replace(world().edition, issuer=None),
    }[part]

    with pytest.raises((FormatError, SignatureError)):
        accept(None, lacking)


def test_a_first_edition_is_a_full_one() -> None:
    with pytest.raises(FormatError, match="full"):
        accept(None, replace(world().edition, full=False))


def test_a_new_root_takes_over_when_it_was_announced() -> None:
    new_root = root_of(b"next root")
    new_issuer = issuer_of(new_root, 7)
    announced, announcement = next_edition(FIRST, ISSUER, Change(), COVER, issued_at=NOW + 1, next_root=new_root.hash)
    changed, change = next_edition(announced, new_issuer, Change(), COVER, issued_at=NOW + 2, root=new_root.certificate)
    after, later = next_edition(changed, new_issuer, Change(), COVER, issued_at=NOW + 3)

    accepted = verify_editions(FIRST, ROOT.hash, (announcement, change, later), COVER_ROOTS, NOW)

    assert accepted.directory == after
    assert accepted.directory.root_certificate == new_root.certificate
    # An announced root may also be repeated without taking over.
    kept = replace(change, root=ROOT.certificate)
    with pytest.raises(SignatureError):
        accept(announced, kept)


def test_a_root_that_was_not_announced_does_not_take_over() -> None:
    new_root = root_of(b"next root")
    new_issuer = issuer_of(new_root, 7)
    head = replace(follow()[1].head, issuer=new_issuer.ref)
    forged = replace(
        follow()[1],
        head=head,
        root=new_root.certificate,
        issuer=new_issuer.certificate,
        signature=sign_head(new_issuer, head),
    )

    with pytest.raises(SignatureError):
        accept(FIRST, forged)
    with pytest.raises(FormatError, match="announced"):
        next_edition(FIRST, new_issuer, Change(), COVER, issued_at=NOW, root=new_root.certificate)


# 3: issuer


def test_a_new_issuer_of_the_same_root_is_accepted() -> None:
    second_issuer = issuer_of(ROOT, 2)
    made, edition = next_edition(FIRST, second_issuer, Change(), COVER, issued_at=NOW)

    assert edition.issuer == second_issuer.certificate
    assert accept(FIRST, edition).directory == made


def test_an_issuer_that_the_head_does_not_name_is_refused() -> None:
    _, edition = follow()

    with pytest.raises(SignatureError):
        accept(FIRST, replace(edition, issuer=issuer_of(ROOT, 2).certificate))


def test_another_certificate_of_the_same_issuer_key_is_refused() -> None:
    # The head names the certificate, not the key: a second one with longer years must not stand in for it.
    longer = replace(
        ISSUER.certificate.certificate, serial=77, not_after=ISSUER.certificate.certificate.not_after + YEAR
    )
    signature = signing.sign(ROOT.key, labels.SIGN_ISSUER, certificates.encode(longer))
    _, edition = follow()

    with pytest.raises(SignatureError):
        accept(FIRST, replace(edition, issuer=IssuerCertificate(longer, signature)))


def test_an_issuer_of_another_root_is_refused() -> None:
    stranger = issuer_of(root_of(b"another root"), 2)
    _, edition = follow()
    forged = replace(resigned(edition, edition.head, stranger), issuer=stranger.certificate)

    with pytest.raises(SignatureError):
        accept(FIRST, forged)


@pytest.mark.parametrize(
    ("not_before", "not_after"),
    [(NOW - DAY, NOW + DAY - 1), (NOW + DAY + 1, NOW + YEAR)],
    ids=["expired", "not yet in office"],
)
def test_an_issuer_signs_only_while_in_office(not_before: int, not_after: int) -> None:
    issuer = issuer_of(ROOT, 2, not_before=not_before, not_after=not_after)
    _, edition = follow(at=NOW + DAY)
    head = replace(edition.head, issuer=issuer.ref)
    # The signing function refuses this; a thief of the key does not ask it.
    forced = replace(edition, head=head, issuer=issuer.certificate, signature=force_sign(issuer, head))

    with pytest.raises(Expired, match="office"):
        accept(FIRST, forced)


def force_sign(issuer: Issuer, head: EditionHead) -> bytes:
    return signing.sign(issuer.key, labels.SIGN_EDITION, wire.encode_head(head))


def test_the_newest_editions_issuer_is_in_office_now() -> None:
    short = issuer_of(ROOT, 2, not_after=NOW + DAY)
    second, second_edition = next_edition(FIRST, short, Change(), COVER, issued_at=NOW)
    _, third_edition = next_edition(second, ISSUER, Change(), COVER, issued_at=NOW + 5 * DAY)

    with pytest.raises(Expired):
        accept(FIRST, second_edition, NOW + DAY + GRACE + 1)
    accept(FIRST, second_edition, NOW + DAY + GRACE)
    # In between it is history, not power.
    verify_editions(FIRST, ROOT.hash, (second_edition, third_edition), COVER_ROOTS, NOW + 5 * DAY)


# 6 and 7: certificates and tree


def test_a_delta_with_another_certificate_than_was_signed_is_refused() -> None:
    newcomer = member(KYIV.id, 4, edition=2)
    _, edition = follow(change=newcomer.change())
    ghost = replace(newcomer.device, public=HQ.device.public)

    for wrong in (
        replace(edition, added=(ghost, newcomer.person)),
        replace(edition, added=(newcomer.device,)),
        replace(edition, removed=(editions.reference(HQ.device),)),
    ):
        with pytest.raises(SignatureError):
            accept(FIRST, wrong)


def test_a_head_that_counts_wrong_is_refused_though_signed() -> None:
    _, edition = follow()

    with pytest.raises(SignatureError):
        accept(FIRST, resigned(edition, replace(edition.head, count=edition.head.count + 1)))


def test_new_mailbox_secrets_replace_the_old_ones() -> None:
    fresh = replace(FIRST.contents.mailboxes[1], secret=b"n" * 32)
    _, edition = follow(change=Change(mailboxes=(fresh,)), cover=NEXT_COVER)

    assert accept(FIRST, edition).directory.mailbox_secret(DeviceId(2)) == Secret(b"n" * 32)


def test_a_delta_removes_only_what_is_listed_and_adds_only_what_is_not() -> None:
    _, edition = follow()

    with pytest.raises(FormatError, match="not listed"):
        accept(FIRST, replace(edition, removed=(CertificateRef(b"x" * 32),)))
    with pytest.raises(FormatError, match="listed already"):
        accept(FIRST, replace(edition, added=(HQ.device,)))


def test_a_removed_certificate_never_comes_back() -> None:
    second, _ = follow(change=making.dismiss_device(FIRST, DeviceId(2)))
    back = PARIS_MEMBER.device

    with pytest.raises(FormatError, match="made for it"):
        follow(second, Change(added=(back,)), at=NOW + 2 * DAY)
    _, third = follow(second, at=NOW + 2 * DAY)
    with pytest.raises(FormatError, match="another edition"):
        accept(second, replace(third, added=(back,)))


def test_absence_is_revocation() -> None:
    ref = editions.reference(PARIS_MEMBER.device)
    second, edition = follow(change=making.dismiss_device(FIRST, DeviceId(2)))
    accepted = accept(FIRST, edition).directory

    assert FIRST.device(ref, NOW) == PARIS_MEMBER.device
    with pytest.raises(NotListed):
        accepted.device(ref, NOW)
    with pytest.raises(NotListed):
        second.mailbox_secret(DeviceId(2))
    assert accepted.devices_of(PARIS.id, NOW) == ()


# 8 and 9: block and contents


def test_without_the_cover_root_an_edition_stays_closed() -> None:
    _, edition = follow(cover=NEXT_COVER)

    with pytest.raises(NotEntitled, match="cover root 2"):
        verify_edition(FIRST, ROOT.hash, edition, {1: COVER.root}, NOW)
    with pytest.raises(DecryptionError):
        verify_edition(FIRST, ROOT.hash, edition, {2: COVER.root}, NOW)


def test_a_member_cannot_seal_other_contents_under_a_signed_head() -> None:
    _, edition = follow()
    other = Block(Contents((), (replace(PARIS, name_vi="Nơi khác"),), ()))
    forged = replace(edition, sealed_block=editions.seal_block(COVER.root, edition.head, other))

    with pytest.raises(SignatureError):
        accept(FIRST, forged)


# 10: agreement


def _device(change: Callable[[Certificate], Certificate]) -> Change:
    newcomer = member(KYIV.id, 4, edition=2)
    return replace(newcomer.change(), added=(change(newcomer.device), newcomer.person))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_device(lambda each: replace(each, serial=HQ.device.serial)), "one serial"),
        (_device(lambda each: of_type(each, CertificateType.ISSUER)), "devices and persons only"),
        (_device(lambda each: of_type(each, CertificateType.PERSON)), "fit together"),
        (_device(lambda each: replace(each, subject=5)), "fit together"),
        (_device(lambda each: replace(each, station=PARIS.id)), "fit together"),
        (Change(removed_stations=(PARIS.id,)), "does not describe"),
        (Change(removed_persons=(PersonId(2),)), "fit together"),
        (Change(removed_devices=(DeviceId(2),)), "fit together"),
    ],
)
def test_certificates_and_contents_must_agree(change: Change, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        follow(change=change)


def test_a_signed_edition_that_contradicts_itself_is_refused_by_the_station_too() -> None:
    head = replace(world().edition.head, number=EditionNumber(2), previous_root=FIRST.root)
    listed = editions.in_order([*world().edition.added, replace(HQ.device, serial=999, edition=EditionNumber(3))])
    block = Block(FIRST.contents)
    for bodies in (listed[:-1], listed):
        signed = replace(head, count=len(bodies), tree=editions.tree_root(bodies))
        edition = replace(
            world().edition,
            head=signed,
            signature=sign_head(ISSUER, signed),
            added=bodies,
            sealed_block=editions.seal_block(COVER.root, signed, block),
        )
        with pytest.raises(FormatError):
            accept(FIRST, edition)
        with pytest.raises(FormatError):
            accept(None, edition)


# 11 and 12: what the officer is told


def test_a_station_watches_its_own_entry() -> None:
    ghost = member(PARIS.id, 2, edition=2)
    doubled = Change(added=(ghost.device,))
    own = (PARIS_MEMBER.device, PARIS_MEMBER.person)

    def told(change: Change) -> tuple[OwnEntry, ...]:
        _, edition = follow(change=change)
        return verify_edition(FIRST, ROOT.hash, edition, COVER_ROOTS, NOW, own).own

    assert told(Change()) == (OwnEntry.LISTED, OwnEntry.LISTED)
    assert told(doubled) == (OwnEntry.DUPLICATED, OwnEntry.LISTED)
    assert told(making.dismiss_person(FIRST, PersonId(2))) == (OwnEntry.LISTED, OwnEntry.MISSING)
    # Replaced behind our back: our own is missing, whoever else stands there.
    assert told(making.renew(FIRST, ghost.device)) == (OwnEntry.MISSING, OwnEntry.LISTED)


def test_an_edition_is_taken_by_its_number_whatever_our_clock_says() -> None:
    _, edition = follow(at=NOW + 10 * DAY)

    behind = accept(FIRST, edition, NOW)
    far_behind = accept(FIRST, edition, 1)

    assert behind.clock is far_behind.clock is Clock.BEHIND
    assert accept(FIRST, edition, NOW + 10 * DAY - GRACE).clock is Clock.PLAUSIBLE


# Validity and look-up


@pytest.mark.parametrize(
    ("offset", "answer"),
    [(0, Validity.INSIDE), (-1, Validity.GRACE), (-GRACE, Validity.GRACE)],
)
def test_validity_has_a_day_of_grace_at_its_beginning(offset: int, answer: Validity) -> None:
    assert validity(HQ.device, HQ.device.not_before + offset) is answer


@pytest.mark.parametrize(
    ("offset", "answer"),
    [(0, Validity.INSIDE), (1, Validity.GRACE), (GRACE, Validity.GRACE)],
)
def test_validity_has_a_day_of_grace_at_its_end(offset: int, answer: Validity) -> None:
    assert validity(HQ.device, HQ.device.not_after + offset) is answer


def test_beyond_the_grace_nothing_is_valid() -> None:
    for moment in (HQ.device.not_before - GRACE - 1, HQ.device.not_after + GRACE + 1):
        with pytest.raises(Expired, match="device"):
            validity(HQ.device, moment)


def test_a_clock_set_back_does_not_revive_a_certificate() -> None:
    late = HQ.device.not_after + GRACE + 1
    later_issuer = issuer_of(ROOT, 2, not_after=NOW + 3 * YEAR)
    made, _ = next_edition(FIRST, later_issuer, Change(), COVER, issued_at=late)

    with pytest.raises(Expired):
        made.device(editions.reference(HQ.device), NOW)
    assert made.devices_of(HQ.device.station, NOW) == ()


def test_a_certificate_is_used_as_what_it_is() -> None:
    device, person = editions.reference(PARIS_MEMBER.device), editions.reference(PARIS_MEMBER.person)

    assert FIRST.device(device, NOW) == PARIS_MEMBER.device
    assert FIRST.person(person, NOW) == PARIS_MEMBER.person
    with pytest.raises(NotEntitled):
        FIRST.device(person, NOW)
    with pytest.raises(NotEntitled):
        FIRST.person(device, NOW)
    with pytest.raises(NotEntitled):
        check_degree(PARIS_MEMBER.person, Degree.TOP_SECRET)
    check_degree(PARIS_MEMBER.person, Degree.SECRET)


def test_the_directory_answers_by_number() -> None:
    assert FIRST.devices_of(PARIS.id, NOW) == (PARIS_MEMBER.device,)
    assert FIRST.station(PARIS.id) == PARIS
    assert FIRST.person_entry(PersonId(2)) == PARIS_MEMBER.entry
    assert len(FIRST.mailbox_secret(DeviceId(2))) == 32
    assert [entry.id for entry in FIRST.stations] == [1, 7, 12]
    assert [entry.id for entry in FIRST.persons] == [1, 2, 3]
    for question in (
        lambda: FIRST.station(StationId(2)),
        lambda: FIRST.person_entry(PersonId(9)),
        lambda: FIRST.mailbox_secret(DeviceId(9)),
        lambda: FIRST.path(CertificateRef(b"x" * 32)),
        lambda: FIRST.device(CertificateRef(b"x" * 32), NOW),
    ):
        with pytest.raises(NotListed):
            question()


def test_a_listed_certificate_stands_alone_with_its_path() -> None:
    for ref, certificate in FIRST.certificates.items():
        editions.verify_path(FIRST.head, certificate, FIRST.path(ref))


# Every bit


def test_flipped_bits_of_a_full_segment_are_refused() -> None:
    encoded = wire.encode(world().edition)
    block = 176 + 3373 + 1 + 2648 + 6710
    every = [
        *range(176),
        *range(176, block, 37),
        *range(block - 3, block + 20),
        *range(block + 20, len(encoded), 53),
        len(encoded) - 1,
    ]
    for byte in every:
        with pytest.raises(SecmsgError):
            accept(None, wire.decode(flipped(encoded, 8 * byte + byte % 8)))


def test_flipped_bits_of_a_partial_segment_are_refused() -> None:
    newcomer = member(KYIV.id, 4, edition=2)
    change = making.together([newcomer.change(), making.dismiss_device(FIRST, DeviceId(2))])
    encoded = wire.encode(follow(change=change)[1])
    accept(FIRST, wire.decode(encoded))

    for byte in [*range(176), *range(176, len(encoded), 31), *range(len(encoded) - 34, len(encoded))]:
        with pytest.raises(SecmsgError):
            accept(FIRST, wire.decode(flipped(encoded, 8 * byte + byte % 8)))


# The store's form


def test_a_directory_comes_back_from_the_store() -> None:
    stored = encode_directory(FIRST)

    assert decode_directory(stored) == FIRST


def test_a_stored_directory_is_bounded_and_counted() -> None:
    contents = 1 + 2648 + 6710 + 176 + 3373
    size = int.from_bytes(encode_directory(FIRST)[contents : contents + 4])
    stored = bytearray(encode_directory(FIRST))
    count = contents + 4 + size
    assert stored[count : count + 2] == b"\x00\x06"
    stored[count + 1] = 5

    with pytest.raises(FormatError, match="number of certificates"):
        decode_directory(bytes(stored))
    with pytest.raises(FormatError, match="3 MiB"):
        decode_directory(bytes(stored[:contents]) + (3 * 2**20 + 1).to_bytes(4))


def test_a_stored_directory_that_contradicts_itself_is_refused() -> None:
    # A store that was written wrong: head and tree fit, certificates and contents do not.
    listed = editions.in_order([*world().edition.added, replace(HQ.device, serial=999, subject=9)])
    head = replace(FIRST.head, count=len(listed), tree=editions.tree_root(listed))
    wrong = replace(FIRST, head=head, certificates={editions.reference(each): each for each in listed})

    with pytest.raises(FormatError, match="fit together"):
        decode_directory(encode_directory(wrong))


def test_a_stored_directory_that_does_not_fit_together_is_refused() -> None:
    stored = encode_directory(FIRST)
    contents = 1 + 2648 + 6710 + 176 + 3373
    wrong = [
        b"\x02" + stored[1:],
        stored + b"\x00",
        stored[:-1],
        stored[:contents] + (2**24).to_bytes(4) + stored[contents + 4 :],
        flipped(stored, 8 * (len(stored) - 1)),
        flipped(stored, 8 * (len(stored) - 6 * 2019 - 1) + 7),
        flipped(stored, 8 * (contents + 60)),
    ]
    for data in wrong:
        with pytest.raises(FormatError):
            decode_directory(data)


def test_flipped_bits_of_a_stored_directory_never_raise_anything_else() -> None:
    stored = encode_directory(FIRST)

    for byte in range(0, len(stored), 101):
        try:
            decode_directory(flipped(stored, 8 * byte + byte % 8))
        except FormatError:
            continue


def test_secrets_stay_out_of_the_repr() -> None:
    secret = FIRST.mailbox_secret(DeviceId(2)).reveal()

    assert repr(secret)[2:-1] not in repr(FIRST)
    assert secret.hex() not in repr(FIRST)


@pytest.mark.parametrize(("beside", "listed"), [(0, True), (24 * 3600, True), (24 * 3600 + 1, False)])
def test_a_device_is_written_to_a_day_before_its_validity_and_a_day_after(beside: int, listed: bool) -> None:
    device = PARIS_MEMBER.device
    directory = replace(FIRST, head=replace(FIRST.head, issued_at=1))

    assert bool(directory.devices_of(PARIS.id, device.not_after + beside)) == listed
    assert bool(directory.devices_of(PARIS.id, device.not_before - beside)) == listed


@pytest.mark.parametrize(("late", "taken"), [(0, True), (1, False)])
def test_an_issuer_issues_to_the_last_second_of_its_office(late: int, taken: bool) -> None:
    ends = NOW + 30 * DAY
    issuer = issuer_of(ROOT, 9, not_after=ends)
    head = replace(
        world().edition.head, issuer=editions.reference(issuer.certificate.certificate), issued_at=ends + late
    )
    signature = signing.sign(issuer.key, labels.SIGN_EDITION, wire.encode_head(head))
    block = editions.seal_block(
        COVER.root, head, editions.unseal_block(COVER.root, world().edition.head, world().edition.sealed_block)
    )
    edition = replace(world().edition, head=head, signature=signature, issuer=issuer.certificate, sealed_block=block)

    if taken:
        assert verify_edition(None, ROOT.hash, edition, COVER_ROOTS, ends).directory.head == head
    else:
        with pytest.raises(Expired):
            verify_edition(None, ROOT.hash, edition, COVER_ROOTS, ends)
