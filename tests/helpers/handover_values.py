"""A handover to the locked watch with everything in it, made up for tests."""

from dataclasses import replace

from secmsg.ids import DepositToken, MailboxId, MessageId, RelayId
from secmsg.wire.handover import Call, Caller, Handover, Parcel, Reader, Station

ID = bytes(range(16))
TARGET = (MailboxId(ID), DepositToken(ID))
CALL = Call(MessageId(ID), TARGET, bytes(512))
PARCEL = Parcel(MessageId(ID), (TARGET, TARGET), bytes(2048), CALL)
STATION = Station(
    RelayId(ID),
    "https://127.0.0.1:1",
    "prefix",
    bytes(32),
    (Reader(MailboxId(ID), 7, 9, bytes(32)),),
    (PARCEL, replace(PARCEL, call=None)),
    (Caller(3, bytes(32), (TARGET,), bytes(512)),),
)
WHOLE = Handover(ID, 50, (STATION, replace(STATION, readers=(), parcels=(), callers=())))
