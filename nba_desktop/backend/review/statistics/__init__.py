"""What can be said of rates, and how surely: intervals, fair comparison of agents, and what must stay hidden."""
