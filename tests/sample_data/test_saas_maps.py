"""The sample has a map of each type, filled, and its data give figures where stages name events."""

from collections import Counter
from pathlib import Path

from jupyter_journey import Journey, catalogue
from jupyter_journey.steps.visualisation import filled

SAAS = Path(__file__).parents[2] / "sample_data" / "saas"
MAPS = [SAAS / "saas.journey.json", *sorted((SAAS / "maps").glob("*.journey.json"))]


def test_there_is_a_filled_map_of_each_type() -> None:
    journeys = [Journey.load(path) for path in MAPS]
    assert Counter(journey.map_type for journey in journeys) == Counter(list(catalogue.map_types()))
    for journey in journeys:
        document = filled(journey).document
        held = {cell.lane_id for cell in document.cells if cell.value or cell.target is not None}
        held |= {figure.lane_id for figure in document.measurements}
        wanted = set(catalogue.map_types()[journey.map_type]["lanes"])
        # these two are filled by `measure`
        assert wanted - held <= {"metrics", "conversion"}


def test_their_sources_are_the_samples() -> None:
    for path in MAPS:
        for source in (journey := Journey.load(path)).document.sources:
            found = journey.source_place(source.role)
            assert found is not None
            assert Path(found).parent == SAAS.resolve()
            assert Path(found).exists()
