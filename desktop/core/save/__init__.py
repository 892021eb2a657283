"""How labels leave Tagdrop: into photos and sidecars, and all of it back again."""
