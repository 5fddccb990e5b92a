"""What others take of the territory: share kit, feeds, calendars, open data, frames, documents set in type.

A new one has its address in `territoire/urls.py`; `links.py`, which `kinds.py` names, leads readers to it.
"""
