"""Write what people read in messages: within the limits of phones, and the links in it."""
