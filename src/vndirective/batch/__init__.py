"""Many documents: find them, read them in supervised processes, write one JSON a notice, report what failed, go on where a run stopped.

    inputs ──find──▶ jobs ──manifest──▶ what is left ──read (processes)──▶ readings ──write──▶ OUT/records/….json, OUT/records.jsonl
                                                                             OUT/failures.jsonl, OUT/run.json, OUT/sources.json

One bad file never stops a run, and a record is never half-written. Reading knows nothing of where records go, writing nothing of files.
"""

from vndirective.batch.finding import Job, Search, find_jobs, read_file
from vndirective.batch.limits import Limits
from vndirective.batch.outcomes import Outcome, Report, Summary
from vndirective.batch.reading import Options, Reading, read_job
from vndirective.batch.running import run
from vndirective.batch.writing import write_report, write_sources

__all__ = [
    "Job",
    "Limits",
    "Options",
    "Outcome",
    "Reading",
    "Report",
    "Search",
    "Summary",
    "find_jobs",
    "read_file",
    "read_job",
    "run",
    "write_report",
    "write_sources",
]
