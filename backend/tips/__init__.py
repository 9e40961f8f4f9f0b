"""Tips (线索): what inspectors notice in the street and what schools report, until it is answered."""
