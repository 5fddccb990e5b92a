"""What each role may do at each address of the admin, measured by real requests on a small site."""
