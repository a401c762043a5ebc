-- Gives a token back that woke nobody.
ring(1)
