"""The DynamoDB table: its keys, its transactions and the change log that readers follow."""
