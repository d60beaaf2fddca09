"""What is written of the measurements: tables, sentences, plots and the page."""
