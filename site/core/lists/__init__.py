"""Index pages: filters, orders, pages of results, periods, and the ways out of an empty list."""
