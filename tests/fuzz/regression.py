"""Damage that once broke the program (or that a decoder is known to break on), kept as the way to make it again.

A case is written down as its base and its steps, so that it stays what it was when new kinds of damage are added. Found
a fault? ``make fuzz SEED=.. INDEX=..`` prints its steps; add them here before mending it.
"""

from __future__ import annotations

from types import MappingProxyType

from tests.fuzz.cases import Case, Step


def _case(base: str, *steps: tuple[str, int]) -> Case:
    return Case(base, tuple(Step(name, seed) for name, seed in steps))


KNOWN: MappingProxyType[str, Case] = MappingProxyType(
    {
        # pydicom 3.0.2 loops without end in get_j2k_parameters; only the decoder's watchdog ends it.
        "a JP2 box of length 0": _case("phantom/j2k", ("boxes", 1)),
        # pydicom alone: RecursionError.
        "sequences thousands deep": _case("phantom/explicit", ("nesting", 3)),
        "implicit sequences thousands deep": _case("phantom/implicit", ("nesting", 11)),
        # pydicom alone: a few kB become a GB of memory.
        "a deflated file that swells": _case("phantom/deflated", ("swollen", 5)),
        "frames that are not there": _case("phantom/frames-rle", ("frames", 4), ("fragments", 9)),
        "slopes that are no numbers": _case("series/explicit", ("numbers", 20), ("numbers", 21), ("numbers", 22)),
        # Found at SEED=1 INDEX=546: the reason held an escape sequence of the file, which a terminal would have obeyed.
        "an encoding named by an escape sequence": _case("pydicom/SC_rgb_rle_2frame.dcm", ("encoding", 1990642427)),
        "pixels cut short among sound slices": _case("series/rle", ("truncated", 2)),
        "a codec header of noise among sound slices": _case("series/j2k", ("codestream", 8)),
        "another byte order than stated": _case("series/implicit", ("rewritten", 6), ("rewritten", 7)),
    }
)
