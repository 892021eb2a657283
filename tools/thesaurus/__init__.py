"""Makes the tables of desktop/core/search: which labels an English or German word means."""
