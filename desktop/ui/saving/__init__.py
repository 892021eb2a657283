"""How labels and photos leave: out by hand, as keywords, as a table, into folders."""
