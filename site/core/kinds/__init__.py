"""What the site's parts know of the apps' page types."""
