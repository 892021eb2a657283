"""The search language: what is typed, which words mean which labels, and what SQLite is asked."""
