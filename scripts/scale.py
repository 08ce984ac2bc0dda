"""Compute the sizing table of docs/scale.md from its figures; change a figure and run again.

python scripts/scale.py
"""

from __future__ import annotations

NOTICES, SCANNED = 10_000_000, 0.5
TYPED = 25.0  # notices a second and core
PAGES, PAGE = 4, 0.90  # pages of a scan; seconds of a core for one
USED = 0.85  # share of the cores' time that is work
TASKS = 108.0  # tasks a second that one driver hands out
BATCH = 8  # typed PDFs in a task; a scan is one by itself
RECORD, LINE, HELD = (
    31_345,
    378,
    669,
)  # bytes of a record, of its line in the manifest, of its entry in the driver's memory


def main() -> None:
    scans = NOTICES * SCANNED
    typed = NOTICES - scans
    text, ocr = typed / TYPED / 3600, scans * PAGES * PAGE / 3600
    tasks = typed / BATCH + scans
    print(f"core hours: {text:,.0f} typed + {ocr:,.0f} scans ({100 * ocr / (text + ocr):.1f} %)")
    print(
        f"tasks: {tasks / 1e6:.1f} million; GB of records {NOTICES * RECORD / 1e9:.0f}, manifest {NOTICES * LINE / 1e9:.1f}"
    )
    print(
        f"driver: {NOTICES * HELD / 1e9:.1f} GB for all in one OUT, {NOTICES * HELD / 1e10:.2f} GB in each of ten shards"
    )
    print("| cores | hours by the cores | hours by one driver | drivers (shards) wanted |\n|---|---|---|---|")
    for cores in (64, 256, 1000):
        by_cores, by_driver = (text + ocr) / cores / USED, tasks / TASKS / 3600
        print(f"| {cores:,} | {by_cores:.0f} | {by_driver:.0f} | {max(1, -(-by_driver // by_cores)):.0f} |")


if __name__ == "__main__":
    main()
