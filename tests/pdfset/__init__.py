"""The bilingual PDF set: articles written for the tests, typeset by several engines."""
