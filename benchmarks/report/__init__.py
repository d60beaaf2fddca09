"""What is written about measurements: tables, sentences, plots and pages."""
