"""The same run on many machines: documents are tasks of Dask, places are folders on any storage.

    INPUT… ─documents_in─▶ Document ─batches─▶ Batch ─read_batch (a worker; a process of its own reads)─▶ records in OUT
                                                                          └─▶ Entry ─▶ OUT/manifest ─▶ OUT/parquet, failures, run.json

Workers take bytes from the storage and put records there themselves; what travels through the scheduler is names and
counts. Whatever is written twice has the same bytes, so a task that runs twice does no harm.
"""
