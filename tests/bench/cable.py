"""A 500-byte cable from release to received and stored at the other end, over loopback, through a relay process.

Two stations with their couriers, as in the program: the clock runs from the call of `release` to the event that the
receiver's transaction is committed. One cable at a time; also split into release alone and the rest.
"""

import json
import os
import platform
import queue
import statistics
import tempfile
import time
from pathlib import Path

from secmsg.office.draft import Draft
from secmsg.station.carrying import carry
from secmsg.station.courier import Courier
from secmsg.station.events import CableArrived, Event
from secmsg.station.worker import Worker
from secmsg.wire.cable import Degree
from ui.tour.stage import POLICY, Stage

WARM_UP = 10
PATIENCE_S = 30.0


def run(size: int, rounds: int) -> None:
    """Send `size` cables one after the other and print the percentiles."""
    count = size or 200
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        try:
            stage.build(lambda _vi, _en: None)
            _measure(stage, count)
        finally:
            stage.close()


def _measure(stage: Stage, count: int) -> None:
    arrived: queue.SimpleQueue[float] = queue.SimpleQueue()

    def note(event: Event) -> None:
        if isinstance(event, CableArrived):
            arrived.put(time.perf_counter())

    sender, receiver = Worker(), Worker()
    for worker, part in ((sender, stage.headquarters), (receiver, stage.mission)):
        worker.start(part.open).result()
    for worker in (receiver, sender):
        worker.submit(carry).result()  # the newest edition, mailboxes and prekeys are there before the clock runs
    couriers = (Courier(sender, lambda _: None, POLICY), Courier(receiver, note, POLICY))
    for courier in couriers:
        courier.start()
    try:
        draft = Draft(
            degree=Degree.UNCLASSIFIED,
            action_to=(stage.mission.entry.id,),
            topics=("CT",),
            subject="Đo thời gian",
            body="x" * 500,
            drafter_name="Lê Minh Châu",
        )
        whole, release = [], []
        for number in range(WARM_UP + count):
            began = time.perf_counter()
            sender.submit(lambda station: station.release(draft)).result()
            released = time.perf_counter()
            couriers[0].wake()
            there = arrived.get(timeout=PATIENCE_S)
            if number >= WARM_UP:
                whole.append((there - began) * 1000)
                release.append((released - began) * 1000)
    finally:
        for courier in couriers:
            courier.stop()
        for worker in (sender, receiver):
            worker.stop()
    print(f"cable of 500 bytes, {count} one by one, {os.cpu_count()} cores, {platform.machine()}, on {_disk(stage)}")
    for name, values in (("released to received and stored", whole), ("release alone", release)):
        cuts = statistics.quantiles(values, n=20)
        print(json.dumps({"what": name, "p50_ms": round(statistics.median(values), 1), "p95_ms": round(cuts[18], 1)}))


def _disk(stage: Stage) -> str:
    return "memory" if str(stage.mission.home).startswith("/dev/shm") else "disk"
