"""Write text for emails, text messages and machines: within the limits of SNS and of phones."""
