"""What the department pushed and is not in yet. The number of a push is its watermark."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from diebian.base.lake.models import PushedBatch
from diebian.base.lake.names import PUSH

from .protocol import Shape, Window, text_batch


class PushedReader:
    def __init__(self, collection_id: int) -> None:
        self.collection_id = collection_id

    def shape(self) -> Shape:
        """Its columns were checked when it came."""
        return Shape((), is_known=False)

    def batches(self, columns: Sequence[str], window: Window) -> Iterator[pa.RecordBatch]:
        waiting = PushedBatch.objects.filter(
            collection=self.collection_id, pk__gt=int(window.since or 0)
        )
        for push in waiting.order_by("pk").iterator(chunk_size=50):
            told = [{**row, PUSH: str(push.pk)} for row in push.rows]
            yield text_batch(columns, [[row.get(name) for name in columns] for row in told])
