"""The open API: what the site shows, for machines. Read-only, without a key. Description: `/api/v1/openapi.json`."""
