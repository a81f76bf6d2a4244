"""Headquarters makes only editions that stations will accept."""

from dataclasses import replace

import pytest

from secmsg.authority import directory as making
from secmsg.authority.directory import Change, Cover, found, next_edition, snapshot, together
from secmsg.authority.trust import verify_edition
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError, NotListed, Rollback, SignatureError
from secmsg.ids import CertificateRef, DeviceId, PersonId
from secmsg.wire.contents import EMPTY, Block
from tests.helpers.authority_world import (
    COVER,
    COVER_ROOTS,
    DAY,
    KYIV,
    NEXT_COVER,
    NOW,
    PARIS,
    issuer_of,
    member,
    root_of,
    world,
)
from tests.helpers.seeded_random import seeded

FIRST = world().directory
ROOT = world().root
ISSUER = world().issuer


def test_the_first_edition_follows_nothing_and_is_full() -> None:
    edition = world().edition

    assert edition.head.number == 1
    assert edition.full
    assert edition == snapshot(FIRST, COVER)


def test_a_first_edition_needs_certificates_that_agree() -> None:
    one = world().members[1]

    with pytest.raises(FormatError):
        found(ROOT.certificate, ISSUER, one.change(), COVER, issued_at=NOW)
    with pytest.raises(FormatError):
        found(ROOT.certificate, ISSUER, Change(), COVER, issued_at=NOW)


def test_an_issuer_of_another_root_makes_nothing() -> None:
    stranger = issuer_of(root_of(b"another root"), 2)

    with pytest.raises(SignatureError):
        next_edition(FIRST, stranger, Change(), COVER, issued_at=NOW)


def test_time_and_cover_never_go_back() -> None:
    later, _ = next_edition(FIRST, ISSUER, Change(), NEXT_COVER, issued_at=NOW + 1)

    with pytest.raises(Rollback):
        next_edition(later, ISSUER, Change(), NEXT_COVER, issued_at=NOW)
    with pytest.raises(Rollback):
        next_edition(later, ISSUER, Change(), COVER, issued_at=NOW + 2)


def test_only_what_is_listed_is_removed() -> None:
    with pytest.raises(NotListed):
        next_edition(FIRST, ISSUER, Change(removed=(CertificateRef(b"x" * 32),)), COVER, issued_at=NOW)
    with pytest.raises(NotListed):
        making.dismiss_device(FIRST, DeviceId(9))
    with pytest.raises(NotListed):
        making.dismiss_person(FIRST, PersonId(9))
    with pytest.raises(NotListed):
        making.renew(FIRST, member(PARIS.id, 9, edition=2).device)


def test_a_snapshot_is_sealed_under_the_heads_own_cover_root() -> None:
    with pytest.raises(FormatError, match="cover root"):
        snapshot(FIRST, NEXT_COVER)


def test_a_dismissal_with_the_next_cover_root_locks_the_dismissed_out() -> None:
    _, edition = next_edition(FIRST, ISSUER, making.dismiss_device(FIRST, DeviceId(2)), NEXT_COVER, issued_at=NOW + DAY)

    remaining = verify_edition(FIRST, ROOT.hash, edition, COVER_ROOTS, NOW + DAY)

    assert [each.device for each in remaining.directory.contents.mailboxes] == [1, 3]
    assert edition.head.cover_index == 2


def test_a_renewal_replaces_the_certificate_and_keeps_the_mailbox() -> None:
    renewed = member(PARIS.id, 2, edition=2).device
    made, edition = next_edition(FIRST, ISSUER, making.renew(FIRST, renewed), COVER, issued_at=NOW)

    assert verify_edition(FIRST, ROOT.hash, edition, COVER_ROOTS, NOW).directory == made
    assert made.devices_of(PARIS.id, NOW) == (renewed,)
    assert made.mailbox_secret(DeviceId(2)) == FIRST.mailbox_secret(DeviceId(2))


def test_changes_join_in_order_and_a_station_is_described_again() -> None:
    moved = replace(PARIS, place="Versailles")
    newcomer = member(KYIV.id, 4, edition=2)
    change = together([making.describe(moved), newcomer.change(), making.dismiss_device(FIRST, DeviceId(3))])
    made, edition = next_edition(FIRST, ISSUER, change, COVER, issued_at=NOW)

    assert made.station(PARIS.id) == moved
    assert [each.subject for each in made.devices_of(KYIV.id, NOW)] == [4]
    assert verify_edition(FIRST, ROOT.hash, edition, COVER_ROOTS, NOW).directory == made


def test_every_admission_draws_a_fresh_mailbox_secret() -> None:
    one = member(KYIV.id, 4)
    random = seeded(b"two draws")

    first = making.admit(one.device, one.person, one.entry, random).mailboxes[0]
    second = making.admit(one.device, one.person, one.entry, random).mailboxes[0]

    assert first.secret != second.secret
    assert len(first.secret) == 32


def test_entries_given_twice_are_refused_when_they_are_written() -> None:
    twice = Change(stations=(PARIS, PARIS))

    with pytest.raises(FormatError):
        next_edition(FIRST, ISSUER, twice, COVER, issued_at=NOW)


def test_secrets_stay_out_of_the_repr() -> None:
    assert "0001020304" not in repr(COVER)
    assert repr(Cover(1, Secret(b"x" * 32))) == "Cover(index=1, root=<Secret 32 B>)"
    assert repr(Block(EMPTY)) == repr(Block(EMPTY))
