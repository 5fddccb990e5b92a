"""Requests and answers around the pages: middleware, policies, health, refusals, menus, structured data, sitemap."""
