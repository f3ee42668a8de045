"""Many articles: which files they are, running them apart from each other, and what came of each.

=============  =====================================================================
discovery      from files, folders, patterns, archives and URLs to a list of articles
plan           which of them have to be made, by the ledger's memory
fingerprint    what a result depends on, as a chain of keys
ledger         what is known of each article; crash-safe
layers         an article's layers, kept so that later stages can go on from them
task           the unit of work, and what an engine is
perform        making one article
inline, pool,  the engines: this process, worker processes, a Dask cluster
cluster
run            from plan to records and ledger
stream         the same for Python: records as they come
watch          the same for a folder that things arrive in
report         what a run has to say when it ends
=============  =====================================================================
"""

from pipeline.batch.discovery import Job, discover
from pipeline.batch.outcome import Outcome
from pipeline.batch.run import Options, run

__all__ = ["Job", "Options", "Outcome", "discover", "run"]
