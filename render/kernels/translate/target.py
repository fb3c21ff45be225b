"""Where branches meet."""


class Target:
    """A block that several branches lead to; `mask` gathers who came."""

    def __init__(self, mask, entry_mask, scope):
        self.mask, self.entry_mask, self.scope = mask, entry_mask, scope
        self.reached = set()    # phis that have a value
