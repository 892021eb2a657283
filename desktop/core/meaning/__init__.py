"""Search by meaning: a network that a person downloads once finds photos by a sentence."""
