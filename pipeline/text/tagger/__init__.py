"""A compact trained tagger of Persian names: pieces of text in, labelled stretches with probabilities out.

Knows nothing of articles and entity types; :mod:`pipeline.extract.entities.persian_model` gives its labels a meaning.
"""
