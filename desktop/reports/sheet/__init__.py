"""The sheet and the full report: what stands on paper, and how it is drawn, printed and saved.

`model` holds all of it as texts in both languages and exact figures; nothing here knows a case or computes anything.
`page` draws with points of a page, `one_page` and `many_pages` put a sheet and a report on pages, `paper` gives them to a
PDF or a printer, `markup` writes them as HTML.
"""
