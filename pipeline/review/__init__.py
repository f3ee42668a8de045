"""The page on which a person checks what was extracted, and what becomes of their decisions.

``desk`` is one article under review, ``store`` writes the decisions down, ``drafting`` makes an entry of what the page
sends; ``shelf`` and ``queue`` are the articles together; ``server``, ``security`` and ``pages`` are the page itself;
``compare`` sets two reviewers side by side, ``gold`` and ``names`` make training and test material of the result,
``report`` writes the same pages without a server.
"""
