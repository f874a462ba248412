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

    public override IEnumerable<ITile> Shared => Isa.All.SelectMany(isa => this.Parts(isa).Select(p => p.Tile)).Distinct();

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int C = {this.Channels};");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line($"nint first = unit * {this.Blocks.Rows}, count = {(this.Blocks.IsWhole ? Literal.Of(this.Blocks.Rows) : $"Math.Min({this.Blocks.Rows}, {Literal.Size(this.Rows)} - first)")};");
                code.Line($"ref float to = ref Unsafe.Add(ref y, unit * {this.Body.Count} * C);");
                for (int i = 0; i < Isa.All.Length; i++)
                {
                    using (code.Braces(TileSet.Head(i, Isa.All.Length, Isa.All[i])))
                    {
                        foreach ((ChannelSumsTile tile, int from, int stop) in this.Parts(Isa.All[i]))
                        {
                            string operands = string.Concat(this.Operands2D.Select((o, k) => $"ref {(o == SumOperand.Full ? $"Unsafe.Add(ref x{k}, first * C)" : "x" + Literal.Of(k))}, "));
                            code.Line($"{tile.Name}({operands}ref to, count, C, {from}, {stop});");
                        }
                    }
                }
            }
        }
    }

    /// <summary>The tiles of a path with the channels of each: as many whole vectors side by side as divide the channels, and what is left of them.</summary>
    private IEnumerable<(ChannelSumsTile Tile, int From, int Stop)> Parts(Isa isa)
    {
        int vectors = new[] { MostVectors, 2, 1 }.First(v => v == 1 || this.Channels % (v * isa.Width) == 0), whole = this.Channels / (vectors * isa.Width) * vectors * isa.Width;
        if (whole > 0)
        {
            yield return (new ChannelSumsTile(isa, vectors, 0, this.Operands2D, this.Body), 0, whole);
        }

        if (whole < this.Channels)
        {
            yield return (new ChannelSumsTile(isa, 1, this.Channels - whole, this.Operands2D, this.Body), whole, this.Channels);
        }
    }
}
