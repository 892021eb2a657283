"""The sidebar: what there is to choose from, as a tree."""
