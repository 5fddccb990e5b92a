"""What editors see beside Wagtail's own: choosers, lists of records, the library, what is waiting for them."""
