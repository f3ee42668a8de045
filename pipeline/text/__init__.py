"""The ground floor: text, scripts, numerals, calendars and spelling. It knows nothing of articles."""
