"""HTTP: routes, signatures, problem details, long polls and the server that runs them."""
