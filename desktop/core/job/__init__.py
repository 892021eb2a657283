"""A job: many images on their way to their labels."""
