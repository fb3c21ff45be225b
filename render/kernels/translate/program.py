"""The C++ being written: statements in nested scopes, freed of what nothing needs.

A statement defines or assigns names. Nothing is declared here by hand: after dead statements are
dropped, each name is declared in the innermost scope that holds everything that mentions it.
"""


class Scope:
    """head: the line before the brace, None for the outermost; uses: the names in it."""

    def __init__(self, parent=None, head=None, uses=()):
        self.parent, self.head, self.uses = parent, head, list(uses)
        self.depth = 0 if parent is None else parent.depth + 1
        self.items = []
        self.alive = parent is None
        self.declared = []
        if parent is not None:
            parent.items.append(self)

    def inside(self, other):
        at = self
        while at is not None and at.depth > other.depth:
            at = at.parent
        return at is other


class Statement:
    """A definition (`type name = text;`), an assignment to an already defined name, or an effect."""

    def __init__(self, scope, names, ctype, text, uses, effect=False, assigns=False, loop=None):
        self.scope, self.names, self.ctype, self.text = scope, names, ctype, text
        self.uses, self.effect, self.assigns = list(uses), effect, assigns
        self.loop = loop      # alive when this loop's scope is
        self.narrow = None    # how to define a single name of several: text by name
        self.alive = False
        scope.items.append(self)


class Program:
    def __init__(self):
        self.top = Scope()
        self.definitions = {}   # name: statements
        self.types = {}
        self.next = 0

    def name(self, letter):
        self.next += 1
        return f"{letter}{self.next}"

    def define(self, scope, ctype, text, uses, name=None, assigns=False):
        name = name or self.name("v")
        s = Statement(scope, [name], ctype, text, uses, assigns=assigns)
        self.types[name] = ctype
        self.definitions.setdefault(name, []).append(s)
        return name

    def define_several(self, scope, ctypes, text, uses, narrow):
        """`text` is a call that sets {0}, {1}, ...; narrow[k] defines the k-th alone."""
        names = [self.name("v") for _ in ctypes]
        s = Statement(scope, names, ctypes, text, uses)
        s.narrow = narrow
        for name, ctype in zip(names, ctypes):
            self.types[name] = ctype
            self.definitions.setdefault(name, []).append(s)
        return names

    def effect(self, scope, text, uses, loop=None):
        s = Statement(scope, [], None, text, uses, effect=loop is None, loop=loop)
        if loop is not None:
            self.definitions.setdefault(("loop", id(loop)), []).append(s)

    # Which statements matter.

    def sweep(self):
        self.live = set()
        self.work = []
        self.collect_effects(self.top)
        while self.work:
            name = self.work.pop()
            for s in self.definitions.get(name, ()):
                self.revive(s)
        self.place_declarations()

    def collect_effects(self, scope):
        for item in scope.items:
            if isinstance(item, Scope):
                self.collect_effects(item)
            elif item.effect:
                self.revive(item)

    def mark(self, names):
        for name in names:
            if name not in self.live:
                self.live.add(name)
                self.work.append(name)

    def revive(self, s):
        if s.alive:
            return
        s.alive = True
        self.mark(s.uses)
        scope = s.scope
        while scope is not None and not scope.alive:
            scope.alive = True
            self.mark(scope.uses)
            self.mark([("loop", id(scope))])
            scope = scope.parent

    # Where names are declared.

    def place_declarations(self):
        self.home = {}
        self.visit_uses(self.top)
        for name, scope in self.home.items():
            statements = [s for s in self.definitions.get(name, ()) if s.alive]
            if not statements:
                continue
            one = statements[0]
            if len(statements) == 1 and not one.assigns and one.scope is scope and not one.narrow:
                continue
            for s in statements:
                s.assigns = True
            scope.declared.append(name)

    def visit_uses(self, scope):
        if scope.head is not None:
            self.touch(scope.uses, scope.parent)
        for item in scope.items:
            if isinstance(item, Scope):
                if item.alive:
                    self.visit_uses(item)
            elif item.alive:
                self.touch(self.names_set(item), item.scope)
                self.touch(item.uses, item.scope)

    def names_set(self, s):
        """The names that the text of a statement will mention as set by it."""
        wanted = [n for n in s.names if n in self.live]
        return s.names if s.narrow is not None and len(wanted) > 1 else wanted

    def touch(self, names, scope):
        for name in names:
            if name not in self.types:
                continue
            at = self.home.get(name)
            if at is None:
                self.home[name] = scope
                continue
            while not scope.inside(at):
                at = at.parent
            self.home[name] = at

    # As text.

    def lines(self, scope=None, indent=4):
        scope = scope or self.top
        pad = " " * indent
        by_type = {}
        for name in scope.declared:
            by_type.setdefault(self.types[name], []).append(name)
        for ctype, names in by_type.items():
            names = [f"{n}{self.start_of(n)}" for n in names]
            for k in range(0, len(names), 12):
                yield f"{pad}{ctype} {', '.join(names[k:k + 12])};"
        for item in scope.items:
            if not item.alive:
                continue
            if isinstance(item, Scope):
                yield f"{pad}{item.head} {{"
                yield from self.lines(item, indent + 2)
                yield f"{pad}}}"
            else:
                yield from (pad + line for line in self.text_of(item))

    def start_of(self, name):
        """What is set lane by lane needs a value to begin with: of an undefined one a compiler may
        make what it likes, in all lanes."""
        own = any(s.alive and name in s.uses for s in self.definitions[name])
        return "{}" if own else ""

    def text_of(self, s):
        if s.narrow is not None:
            wanted = [k for k, n in enumerate(s.names) if n in self.live]
            if len(wanted) <= 1:
                return [f"{s.names[k]} = {s.narrow[k]};" for k in wanted]
            return [s.text.format(*s.names) + ";"]
        if not s.names:
            return [s.text + ";"]
        if s.assigns:
            return [f"{s.names[0]} = {s.text};"]
        return [f"const {s.ctype} {s.names[0]} = {s.text};"]
