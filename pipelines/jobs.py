"""The jobs: one that loads each source's deliveries into raw, and one that rebuilds everything after raw.

When they run belongs to `sensors.py`, `schedules.py` and `refresh.py`.
"""

import dagster as dg

from assets.contract_checks import contract_checks
from assets.rule_checks import rule_checks
from warehouse.contracts import RAW_BY_STEM

REBUILD_JOB = "rebuild"


def load_job_name(stem: str) -> str:
    """The name of the job that loads one source's scope keys."""
    return f"load_{stem}"


def load_jobs() -> list:
    """One job per source: each has partitions of its own, so no job can span two. The rebuild makes the checks."""
    return [dg.define_asset_job(
        load_job_name(stem), selection=dg.AssetSelection.assets(dg.AssetKey(["raw", contract.name])).without_checks(),
        description=f"Laster nye leveranser i {contract.full_name}.", executor_def=dg.in_process_executor)
        for stem, contract in RAW_BY_STEM.items()]


def rebuild_job(rebuilt: list[dg.AssetsDefinition]):
    """The whole rebuild: everything after raw, its checks, the release and the snapshot."""
    return dg.define_asset_job(
        REBUILD_JOB, selection=dg.AssetSelection.assets(*rebuilt) | dg.AssetSelection.checks(contract_checks, rule_checks),
        description="Bygger core, indikatorer, marts, funn, utgivelse og øyeblikksbilde på nytt.",
        executor_def=dg.in_process_executor)
