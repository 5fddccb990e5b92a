"""What others take of the territory: share kit, feeds, calendars, open data, frames, documents set in type."""
