"""Small towns whose best division is known, and random ones."""

from hypothesis import strategies as st

from fengchao.engines.districting import Brief, Building


def town(loads, width, *, compounds=None, today=None, metres=40.0) -> list[Building]:
    """Cells of a lattice, row by row, `width` to a row; `compounds` and `today` one letter or number a cell."""
    return [
        Building(
            str(i), int(load), (float(load),), (compounds or "")[i:i + 1].strip(), today[i] if today else None,
            (i % width * metres, i // width * metres),
        )
        for i, load in enumerate(loads)
    ]  # fmt: skip


def row(loads, today=None) -> list[Building]:
    """Buildings of which only the walking order is known."""
    return [Building(str(i), load, (float(load),), "", today[i] if today else None) for i, load in enumerate(loads)]


@st.composite
def towns(draw) -> tuple[list[Building], Brief]:
    """Anything a secretary's list may hold: some points, some compounds, empty houses, islands, giants."""
    size = draw(st.integers(1, 24))
    number = st.integers(0, 60)
    far = st.integers(0, 12).map(lambda step: step * 60.0)

    def one(i: int) -> Building:
        point = draw(st.none() | st.tuples(far, far))
        compound, today = draw(st.sampled_from(["", "", "", "甲", "乙", "丙"])), draw(st.none() | st.integers(1, 4))
        loads = (float(draw(number)), float(draw(st.integers(0, 9))))
        return Building(str(i), draw(number), loads, compound, today, point)

    buildings = [one(i) for i in range(size)]
    walls = draw(st.lists(st.tuples(st.tuples(far, far), st.tuples(far, far)), max_size=2))
    return buildings, Brief(
        draw(st.integers(1, 8)), (1.0, draw(st.sampled_from([0.0, 3.0]))), draw(st.sampled_from([0.05, 0.1, 0.3])),
        draw(st.sampled_from([80.0, 300.0])), tuple(walls), steps=1500,
    )  # fmt: skip
