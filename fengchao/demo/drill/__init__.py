"""The main job for real: simulated grid workers with phones of their own, until every door is accounted for."""
