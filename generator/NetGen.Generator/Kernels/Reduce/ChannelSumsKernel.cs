namespace NetGen.Generator;

/// <summary>
/// Sums over all axes but the last, block of rows by block: each block leaves its own sums, which a further step adds in their order, so that neither bits nor results
/// depend on threads. Vectors run along the channels.
/// </summary>
/// <param name="Rows">Elements of one channel.</param>
/// <param name="Channels">C.</param>
/// <param name="Operands2D">How each operand lies: whole, a number a channel, or one number.</param>
/// <param name="Body">One expression a sum.</param>
internal sealed record ChannelSumsKernel(Dim Rows, int Channels, EquatableArray<SumOperand> Operands2D, EquatableArray<Expr> Body) : Kernel
{
    /// <summary>Vectors of channels that run side by side at most: independent chains of additions.</summary>
    private const int MostVectors = 4;

    public override string Name =>
        FormattableString.Invariant($"ChannelSums_{this.Blocks.Rows}x{this.Channels}{(this.Blocks.IsWhole ? "" : "_of_" + string.Concat(this.Rows.ToString().Select(c => char.IsLetterOrDigit(c) ? c : '_')))}_") + EpilogueNames.Of(this.Body, this.Operands2D.Select(o => o.ToString()));

    public override string Summary =>
        $"Y (blocks, {this.Body.Count}, {this.Channels}) = sums of {string.Join("; ", this.Body)} over blocks of {this.Blocks.Rows} rows of {this.Channels} channels.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        .. this.Operands2D.Select((_, i) => new KernelOperand("x" + Literal.Of(i), Access.ReadAll)),
        new("y", Access.WriteOwn),
    ];

    public override IReadOnlyList<string> Sizes => this.Blocks.IsWhole ? [] : SizeNames.Of([this.Rows]);

    public override Dim? Units => this.Blocks.Count;

    public override Dim Work => this.Rows * (this.Channels * this.Body.Count);

    // Where whole blocks fill the rows, how many there are is not named in the code.
    public bool Equals(ChannelSumsKernel? other) =>
        other is not null && this.Channels == other.Channels && this.Operands2D == other.Operands2D && this.Body == other.Body && this.Blocks.Rows == other.Blocks.Rows
        && this.Blocks.IsWhole == other.Blocks.IsWhole && (this.Blocks.IsWhole || this.Rows == other.Rows);

    public override int GetHashCode() => unchecked((this.Channels * 31) + this.Body.GetHashCode());

    private RowBlocks Blocks => RowBlocks.Of(this.Rows, this.Channels);

    public override IEnumerable<ITile> Shared => [this.Loop, .. this.Loop.Tiles];

    /// <summary>The parts of a path: as many whole vectors side by side as divide the channels, and what is left of them.</summary>
    private ChannelSumsLoop Loop => new(
        Isa.All.Select(isa =>
        {
            int vectors = new[] { MostVectors, 2, 1 }.First(v => v == 1 || this.Channels % (v * isa.Width) == 0);
            return (this.Channels < isa.Width ? 0 : vectors, this.Channels % (vectors * isa.Width));
        }).ToEquatableArray(),
        this.Blocks.IsWhole,
        this.Operands2D,
        this.Body);

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: false, options))
        {
            string rows = this.Blocks.IsWhole ? "" : $"rows: {Literal.Size(this.Rows)}, ";
            code.Line($"{this.Loop.Name}({string.Join(", ", this.Operands.Select(o => "ref " + o.Name))}, start, end, block: {this.Blocks.Rows}, {rows}channels: {this.Channels});");
        }
    }
}
