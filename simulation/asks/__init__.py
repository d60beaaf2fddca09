"""A rush on one free bed: many teams are told of it at once, and ask for it or telephone."""
