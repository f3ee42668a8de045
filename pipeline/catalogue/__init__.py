"""The searchable database of records: SQLite beside them by default, PostgreSQL by URL.

The catalogue owns no fact: everything in it comes from records and can be made from them again at any time
(``dozaban catalogue build``). Decisions are kept in it for asking only; their files own them.
"""
