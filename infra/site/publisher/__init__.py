"""The function behind the custom resource that publishes the site; it ships with the pages."""
