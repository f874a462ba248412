namespace NetGen.Generator;

/// <summary>
/// How a loop takes several steps at once: its body is given a piece of each sequence, <see cref="Size"/> steps, the last time what is left, and gives such pieces. What the body itself needs
/// of its steps is then there for one window at a time.
/// </summary>
/// <param name="Time">The steps of the sequences.</param>
/// <param name="Size">The steps of a window, fewer than there are.</param>
internal sealed record Windows(Dim Time, long Size)
{
    /// <summary>The steps of the present window, as a size within the body.</summary>
    public Dim Length => this.Time.IsConstant && this.Time.Constant % this.Size == 0 ? this.Size : Dim.Of(new WindowSymbol(this.Time, this.Size));

    /// <summary>How often the body runs.</summary>
    public Dim Count => this.Time.Affine(this.Size - 1, this.Size);

    /// <summary>The size that tells windows of unequal lengths apart; null where all are equal.</summary>
    public WindowSymbol? Symbol => this.Length.IsConstant ? null : (WindowSymbol)this.Length.Symbols[0];

    /// <summary>Whether what the body is given or gives is a window of a sequence; otherwise there is one of it for each window.</summary>
    public bool Cuts(Shape slice) => slice.Rank > 0 && slice[0] == this.Length;

    /// <summary>The shape of the sequence that a window is cut out of.</summary>
    public Shape Whole(Shape window) => Shape.Of(this.Time) + window.Slice(1, window.Rank);
}
