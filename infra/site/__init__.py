"""The pages and the API on one origin: CloudFront, its headers, its firewall, its publisher."""
