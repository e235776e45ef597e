"""The Processing side: parameters in, one call of the engine, results and messages out."""
