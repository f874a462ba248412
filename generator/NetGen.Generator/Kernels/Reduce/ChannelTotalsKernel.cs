namespace NetGen.Generator;

/// <summary>Y0 (C), ... = the sums over all blocks of what each block left, in double and in the order of the blocks. Threads share the channels.</summary>
/// <param name="Blocks">How many there are.</param>
/// <param name="Count">Sums that each left.</param>
/// <param name="Channels">C.</param>
internal sealed record ChannelTotalsKernel(Dim Blocks, int Count, int Channels) : Kernel
{
    public override string Name => FormattableString.Invariant($"ChannelTotals_{Identifier(this.Blocks)}x{this.Count}x{this.Channels}");

    public override string Summary => $"Y ({this.Channels}) = sum of X ({this.Blocks}, {this.Count}, {this.Channels}) over the blocks, in double; each of the {this.Count} has its own Y.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        new("x", Access.ReadAll),
        .. Enumerable.Range(0, this.Count).Select(k => new KernelOperand("y" + Literal.Of(k), Access.WriteScattered)),
    ];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.Blocks]);

    public override Dim? Units => ChannelRules.UnitsOf(this.Channels);

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: false, options))
        {
            for (int k = 0; k < this.Count; k++)
            {
                code.Line($"ChannelStatistics.Sum(ref x, ref y{k}, {Literal.Size(this.Blocks)}, {this.Count}, {k}, {this.Channels}, start, end);");
            }
        }
    }
}
