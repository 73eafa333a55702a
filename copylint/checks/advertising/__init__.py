"""What the check for plugs is made of: the page, its addresses, its wording, its disclosures."""
