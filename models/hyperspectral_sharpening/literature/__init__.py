"""Networks of the literature, each trained small on one scene, beside the plugin's methods: see `__main__`."""
