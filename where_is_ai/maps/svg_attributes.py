"""What shapes of a figure look like, as attributes of SVG."""

from collections.abc import Mapping


def look(shape: Mapping) -> str:
    """Fill, stroke and dashes of a shape, each where it has one."""
    line, fill = shape.get("line", {}), shape.get("fillcolor", "none")
    said = {
        "fill": "none" if fill == "rgba(0,0,0,0)" else fill,
        "opacity": shape.get("opacity", 1),
        "stroke": line.get("color") if line.get("width") else None,
        "stroke-width": line.get("width") or None,
        "stroke-dasharray": _dashes(line.get("dash", "solid")),
    }
    if said["opacity"] == 1:
        del said["opacity"]
    return "".join(f' {name}="{value}"' for name, value in said.items() if value is not None)


def _dashes(dash: str) -> str | None:
    named = {"solid": None, "dot": "2,2", "dash": "7,5"}
    return named[dash] if dash in named else dash.replace("px", "")


def digits(value: float) -> str:
    """A number in as few characters as a tenth of a pixel needs."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
