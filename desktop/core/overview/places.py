"""Places: which photos stand in each, and which labels count, as conditions in SQL."""

from __future__ import annotations

SURE = 70.0
"""Percent from which a label is likely right; an image without one such is to be reviewed."""
VISIBLE = "(confidence >= :least OR kept)"
"""A label counts for search, filters and counts as it does for the eye: from the chosen confidence
on, and at any when you kept or added it."""

REVIEW = (
    "i.state IN ('done', 'skipped') AND (NOT EXISTS (SELECT 1 FROM shown s"
    " WHERE s.image_id = f.image_id AND (s.confidence >= :sure OR s.kept))"
    " AND NOT EXISTS (SELECT 1 FROM edits e WHERE e.image_id = f.image_id)"
    " OR f.image_id IN (SELECT id FROM images WHERE edited))"
)
FAVOURITE = "f.image_id IN (SELECT id FROM images WHERE favourite)"
# Files with the same picture, and pictures that look alike; of those that are in the library still.
_DUPLICATE = (
    "f.image_id IN (SELECT image_id FROM files WHERE NOT removed AND image_id NOT NULL"
    " GROUP BY image_id HAVING count(*) > 1 UNION ALL SELECT id FROM images WHERE group_id IN"
    " (SELECT group_id FROM images JOIN files o ON o.image_id = images.id WHERE NOT o.removed"
    " AND group_id NOT NULL GROUP BY group_id HAVING count(*) > 1))"
)
PLACES = {
    "review": f"({REVIEW})",
    "failed": "i.state = 'failed'",
    "favourites": FAVOURITE,
    "duplicates": _DUPLICATE,
}
"""Of `files f JOIN items i`; with the values `least` and `sure`."""
