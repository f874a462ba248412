namespace NetGen.Generator;

/// <summary>The walk over blocks of rows that sums with equal tiles share, whatever their rows and channels.</summary>
/// <param name="Parts">For each path the vectors that run side by side, and the channels that do not fill one.</param>
/// <param name="IsWhole">Whether whole blocks fill the rows.</param>
/// <param name="Operands">How each operand lies.</param>
/// <param name="Body">One expression a sum.</param>
internal sealed record ChannelSumsLoop(EquatableArray<(int Vectors, int Lanes)> Parts, bool IsWhole, EquatableArray<SumOperand> Operands, EquatableArray<Expr> Body) : ITile
{
    public string Name
    {
        get
        {
            string parts = string.Join("_", this.Parts.Select(p => Literal.Of(p.Vectors) + (p.Lanes > 0 ? "of" + Literal.Of(p.Lanes) : "")).Distinct());
            return $"SumBlocks{parts}{(this.IsWhole ? "" : "_Rest")}_{EpilogueNames.Of(this.Body, this.Operands.Select(o => o.ToString()))}";
        }
    }

    /// <summary>The tiles of all paths.</summary>
    public IEnumerable<ChannelSumsTile> Tiles => this.Parts.SelectMany((p, i) => new[] { this.Whole(i), this.Rest(i) }.OfType<ChannelSumsTile>());

    private ChannelSumsTile? Whole(int path) => this.Parts[path].Vectors == 0 ? null : new(Isa.All[path], this.Parts[path].Vectors, 0, this.Operands, this.Body);

    private ChannelSumsTile? Rest(int path) => this.Parts[path].Lanes == 0 ? null : new(Isa.All[path], 1, this.Parts[path].Lanes, this.Operands, this.Body);

    public void Emit(CodeWriter code, EmitOptions options)
    {
        string rows = this.IsWhole ? "" : "nint rows, ";
        code.Line();
        options.Optimize(code);
        using (code.Braces($"private static void {this.Name}({string.Concat(this.Operands.Select((_, i) => $"ref float x{i}, "))}ref float y, nint start, nint end, nint block, {rows}nint channels)"))
        using (code.Braces("for (nint unit = start; unit < end; unit++)"))
        {
            code.Line($"nint first = unit * block, count = {(this.IsWhole ? "block" : "Math.Min(block, rows - first)")};");
            code.Line($"ref float to = ref Unsafe.Add(ref y, unit * {this.Body.Count} * channels);");
            string operands = string.Concat(this.Operands.Select((o, k) => $"ref {(o == SumOperand.Full ? $"Unsafe.Add(ref x{k}, first * channels)" : "x" + Literal.Of(k))}, "));
            for (int i = 0; i < Isa.All.Length; i++)
            {
                using (code.Braces(TileSet.Head(i, Isa.All.Length, Isa.All[i])))
                {
                    string stop = this.Rest(i) is null ? "channels" : $"channels - {this.Parts[i].Lanes}";
                    if (this.Whole(i) is { } whole)
                    {
                        code.Line($"{whole.Name}({operands}ref to, count, channels, 0, {stop});");
                    }

                    if (this.Rest(i) is { } rest)
                    {
                        code.Line($"{rest.Name}({operands}ref to, count, channels, {stop}, channels);");
                    }
                }
            }
        }
    }
}
