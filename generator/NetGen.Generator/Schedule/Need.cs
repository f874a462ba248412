namespace NetGen.Generator;

/// <summary>When a step's result is needed: never, while any of some toggles is live, or always. What is below a gradient is needed as long as the gradient is.</summary>
/// <param name="IsAlways">Whether it is needed whatever trains.</param>
/// <param name="Toggles">Otherwise: the toggles, a bit each, any of which makes it needed.</param>
internal readonly record struct Need(bool IsAlways, ulong Toggles)
{
    public static readonly Need Never = new(false, 0);

    public static readonly Need Always = new(true, 0);

    /// <summary>While a toggle is live.</summary>
    public static Need While(int toggle) => new(false, 1UL << toggle);

    /// <summary>Where either is.</summary>
    public Need Or(Need other) => this.IsAlways || other.IsAlways ? Always : new Need(false, this.Toggles | other.Toggles);

    /// <summary>Whether the other holds wherever this one does.</summary>
    public bool Implies(Need other) => other.IsAlways || (!this.IsAlways && (this.Toggles & ~other.Toggles) == 0);

    /// <summary>The condition in words: <c>base or head is live</c>.</summary>
    public string Text(IReadOnlyList<string> toggles)
    {
        ulong bits = this.Toggles;
        return string.Join(" or ", toggles.Where((_, i) => (bits >> i & 1) != 0)) + " is live";
    }
}
