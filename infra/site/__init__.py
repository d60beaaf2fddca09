"""The pages and the API on one origin: CloudFront, its headers and its firewall."""
