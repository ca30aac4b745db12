"""A file somebody asks for by name: written whole, and never over one that is there unless they say so."""

from pathlib import Path


def write_new(path: Path, content: bytes, force: bool) -> None:
    """Writes a file. Raises WrongUsage for one that is there, unless forced, and for a place that takes none."""
    from pipelines.failures import WrongUsage
    from warehouse.durable import write_whole

    if path.exists() and not force:
        raise WrongUsage(f"{path} finnes fra før. Velg et annet navn, eller skriv over den med --force.")
    if not path.parent.is_dir():
        raise WrongUsage(f"{path} kan ikke skrives (mappen finnes ikke). Velg et annet sted.")
    try:
        write_whole(path, content)
    except OSError as error:
        raise WrongUsage(f"{path} kan ikke skrives ({error.strerror}). Velg et annet sted.") from None
