"""Which share of businesses use AI, from the Business Trends and Outlook Survey (BTOS) of the Census Bureau."""
