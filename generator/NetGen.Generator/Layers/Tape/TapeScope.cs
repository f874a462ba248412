namespace NetGen.Generator;

/// <summary>The names within the network or one application of a block.</summary>
/// <param name="parent">The scope around it, or null.</param>
/// <param name="prefix">What full names begin with: <c>block/</c>.</param>
internal sealed class TapeScope(TapeScope? parent, string prefix)
{
    private readonly Dictionary<string, Tap> taps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TapeScope> children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TapeApplication> applications = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public string Prefix { get; } = prefix;

    public TapeScope? Parent { get; } = parent;

    public bool Contains(string name) => this.taps.ContainsKey(name);

    /// <summary>Keras's automatic names: <c>dense</c>, <c>dense_1</c>, ... Names that are taken are passed over.</summary>
    public string Unique(string stem)
    {
        string name;
        do
        {
            int count = this.counts.TryGetValue(stem, out int used) ? used : 0;
            this.counts[stem] = count + 1;
            name = count == 0 ? stem : FormattableString.Invariant($"{stem}_{count}");
        }
        while (this.taps.ContainsKey(name));
        return name;
    }

    public void Add(string name, Tap tap) => this.taps[name] = tap;

    public void Add(string name, TapeApplication application) => this.applications[name] = application;

    public TapeScope Child(string name) => this.children[name] = new TapeScope(this, this.Prefix + name + "/");

    /// <summary>A tap by its name here or in a scope around, or by its path (<c>block/dense</c>).</summary>
    public Tap? Find(string name) => this.Look(name, (s, n) => s.taps.TryGetValue(n, out Tap? tap) ? tap : null);

    /// <summary>What was applied under a name.</summary>
    public TapeApplication? FindApplication(string name) => this.Look(name, (s, n) => s.applications.TryGetValue(n, out TapeApplication? found) ? found : null);

    /// <summary>The names that may be used here.</summary>
    public IEnumerable<string> Names => this.Parent is null ? this.taps.Keys : this.taps.Keys.Concat(this.Parent.Names);

    private T? Look<T>(string name, Func<TapeScope, string, T?> get)
        where T : class
    {
        string[] path = name.Split('/');
        for (TapeScope? outer = this; outer is not null; outer = outer.Parent)
        {
            TapeScope? scope = outer;
            for (int i = 0; i < path.Length - 1 && scope is not null; i++)
            {
                scope = scope.children.TryGetValue(path[i], out TapeScope? child) ? child : null;
            }

            if (scope is not null && get(scope, path[path.Length - 1]) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>A layer or block as it was first applied: what Reuse applies again.</summary>
/// <param name="Element">The element.</param>
/// <param name="Name">The full name.</param>
/// <param name="Frame">Where it stood.</param>
/// <param name="Symbols">The symbols of its arguments.</param>
/// <param name="Toggle">The toggle that governs it.</param>
/// <param name="Infers">Whether it does in training what it does in inference.</param>
internal sealed record TapeApplication(ElementSpec Element, string Name, TapeFrame Frame, SymbolTable Symbols, string? Toggle, bool Infers);

/// <summary>The network, or one application of a block: what its elements see.</summary>
/// <param name="scope">The names.</param>
/// <param name="symbols">The symbols of arguments.</param>
/// <param name="toggle">The governing toggle.</param>
/// <param name="input">The block's input; null for the network.</param>
/// <param name="block">The block, or null.</param>
/// <param name="outer">The frame around it, or null.</param>
internal sealed class TapeFrame(TapeScope scope, SymbolTable symbols, string? toggle, Tap? input, BlockSpec? block, TapeFrame? outer)
{
    public TapeScope Scope { get; } = scope;

    public SymbolTable Symbols { get; } = symbols;

    public string? Toggle { get; } = toggle;

    public Tap? Input { get; } = input;

    public BlockSpec? Block { get; } = block;

    public TapeFrame? Outer { get; } = outer;

    /// <summary>Whether a block is being applied once more with the weights that it has.</summary>
    public bool IsReuse { get; init; }

    /// <summary>Whether layers do in training what they do in inference.</summary>
    public bool Infers { get; init; }

    /// <summary>What the next element takes.</summary>
    public Tap? Current { get; set; } = input;

    /// <summary>The blocks around an element, from the outermost, for messages.</summary>
    public string Path => this.Block is null ? "" : this.Outer!.Path + this.Block.Kind + " > ";

    public int Depth => this.Block is null ? 0 : this.Outer!.Depth + 1;
}
