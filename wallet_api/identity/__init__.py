"""Who is who: customers, merchants, stores, tills, devices, PINs and payer codes."""
