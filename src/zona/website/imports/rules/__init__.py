"""What old sites wrote, understood without database or network."""
