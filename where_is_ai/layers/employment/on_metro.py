"""What the layer says on the page of a metro."""

from where_is_ai.layers.layer import OnMetro, Slice

ON_METRO = OnMetro(lambda row, edition: Slice("", ""), (), lambda row: "", lambda row: "")
