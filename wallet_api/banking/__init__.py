"""Between the books and the bank: top-ups, withdrawals, settlements, sweeps, reports."""
