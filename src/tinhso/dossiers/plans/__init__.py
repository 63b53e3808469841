"""What each act changes, as pure functions of a case: no database, no clock, no rights."""
