"""Ten thousand random edit scripts on a real page, merged with ten thousand new pages: what is lost.

python -m benchmarks.merging [how many]
"""

import sys
import time

from summarizer.merging import merge, parse
from tests.test_merging import BASE, PAGE, UNITS, edited, regenerated

OLD = {unit.key: unit.text for unit in UNITS}


def faults(seed: int) -> list[str]:
    """What one script shows to be wrong."""
    reviewed, written = edited(PAGE, seed, 1 + seed % 20)
    new = regenerated(seed + 1)
    merged = merge(reviewed, BASE, new)
    again = merge(merged.page, BASE, new)
    everything = merged.page + "".join(proposal.reviewed for proposal in merged.proposals)
    found = [f"lost {mark}" for mark in written if mark not in everything]
    if again.page != merged.page:
        found.append("merging twice is not merging once")
    touched = {proposal.unit for proposal in merged.proposals}
    there = {block.key: block.text for block in parse(merged.page) if block.is_unit}
    wanted = {block.key: block.text for block in parse(new) if block.is_unit}
    stale = [key for key, text in there.items() if OLD.get(key) == text != wanted.get(key, text)]
    return found + [f"{key} is neither new nor proposed" for key in stale if key not in touched]


def main() -> None:
    """Print how many scripts lost something, and how fast they were merged."""
    scripts = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    start = time.perf_counter()
    wrong = [(seed, found) for seed in range(scripts) if (found := faults(seed))]
    seconds = time.perf_counter() - start
    print(f"{scripts} scripts, {len(wrong)} of them lost something, {1000 * seconds / scripts:.1f} ms each")
    for seed, found in wrong[:5]:
        print(f"  {seed}: {found}")


if __name__ == "__main__":
    main()
