"""Whether the simulation comes to what was measured in the emulator: refused calls, within 15 %.

    python -m tools.emulated_queue

Each case of `MEASURED` is one run of `tools.bench_queue`, where the real function runs behind the
emulator and the stand-in for Rekognition counts what it refuses; that bench makes the same
comparison with what it has just measured. The simulation of many computers (`tools.simulate_scale`)
is this one with more quotas.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from backend_lambda.handler import NEEDED_S

from .simulate_queue import Rules, Simulation, Times

EMULATED = Times(
    call_s=0.1, refusal_s=0.02, table_s=0.02, minute_s=1.0, first_look_s=0.05, longest_look_s=0.5
)
"""Of the emulator and the stand-in for Rekognition, on a machine with nothing else to do."""
SHORT_S = int(NEEDED_S) + 1
"""A function's timeout that leaves no time to wait."""
MOST_OFF = 0.15
ENOUGH = 100
"""Of fewer refused calls, chance decides how many they are."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of `tools.bench_queue`: objects put in `put_s` seconds, and calls refused."""

    objects: int
    rate: float
    concurrency: int
    put_s: float
    refused: int
    has_waits: bool = True

    def foreseen(self) -> int:
        """As many by the rules."""
        rules = Rules.of_template()
        if not self.has_waits:
            rules = replace(rules, timeout_s=SHORT_S)
        simulation = Simulation(
            rules, self.objects, self.concurrency, self.rate, times=EMULATED, put_s=self.put_s
        )
        return simulation.run().refused

    def is_foreseen(self) -> bool:
        """Whether both are near enough, or too few to say."""
        foreseen = self.foreseen()
        return foreseen < ENOUGH or abs(self.refused / foreseen - 1) <= MOST_OFF


MEASURED = (Measured(objects=250, rate=5, concurrency=20, put_s=5, refused=286),)
"""On 2 cores that other programs used, too; December 2026."""


def main() -> None:
    """A line for each case; exit with 1 if one is too far off."""
    print("objects  a second  functions  put in s  refused  by the rules  measured / by the rules")
    for case in MEASURED:
        foreseen = case.foreseen()
        print(
            f"{case.objects:7} {case.rate:9g} {case.concurrency:10} {case.put_s:9g}"
            f" {case.refused:8} {foreseen:13} {case.refused / foreseen:24.2f}"
        )
    sys.exit(not all(case.is_foreseen() for case in MEASURED))


if __name__ == "__main__":
    main()
