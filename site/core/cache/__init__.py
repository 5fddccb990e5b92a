"""What is kept between requests: values until their content changes, and a cache in files that may be broken."""
