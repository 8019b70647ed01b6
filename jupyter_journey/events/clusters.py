"""Clusters of Dask, which an optional extra reaches: ``jupyter-journey[cluster]``."""

from __future__ import annotations

from typing import Any

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.extras import needed

__all__ = ["client_of"]

_PATIENCE = "15s"


def client_of(address: str, **options: Any) -> Any:
    """Return a client of the scheduler at an address, with options of Dask's own.

    Raises
    ------
    SourceError
        If nobody answers there, or Dask isn't installed.
    """
    distributed = needed("distributed", "a cluster")
    try:
        return distributed.Client(address, timeout=_PATIENCE, **options)
    except (OSError, ValueError) as error:
        way_out = "Check the address, and that the scheduler runs"
        reason = f"doesn't answer as a Dask scheduler ({error})"
        raise SourceError(source=address, reason=reason, way_out=way_out) from error
