"""What is said of a job: before it, while it runs, at its end."""
