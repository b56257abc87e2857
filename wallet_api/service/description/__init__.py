"""The service described by its own tables: an OpenAPI document, and a page to read it on."""
