"""The numbers of the store's rows in addresses: one that no row can have is no page."""

from __future__ import annotations

from werkzeug.routing import IntegerConverter, Map

# What an address calls the kind: "/reports/<row:report_id>".
ROW = "row"
# The last number that PostgreSQL can give a row; it fails at a larger one.
LAST_ROW = 2**31 - 1


class RowConverter(IntegerConverter):
    """Reads the number of a row from an address."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LAST_ROW)
