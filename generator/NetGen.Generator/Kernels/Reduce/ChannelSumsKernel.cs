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
    /// <summary>Vectors of channels that run side by side: independent chains of additions.</summary>
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

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int C = {this.Channels};");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line($"nint first = unit * {this.Blocks.Rows}, count = {(this.Blocks.IsWhole ? Literal.Of(this.Blocks.Rows) : $"Math.Min({this.Blocks.Rows}, {Literal.Size(this.Rows)} - first)")};");
                for (int p = 0; p < Isa.All.Length; p++)
                {
                    Isa isa = Isa.All[p];
                    using (code.Braces(TileSet.Head(p, Isa.All.Length, isa)))
                    {
                        int vectors = new[] { MostVectors, 2, 1 }.First(v => v == 1 || this.Channels % (v * isa.Width) == 0);
                        int whole = this.Channels / (vectors * isa.Width) * vectors * isa.Width;
                        if (whole > 0)
                        {
                            using (code.Braces($"for (nint c = 0; c < {whole}; c += {vectors * isa.Width})"))
                            {
                                this.EmitChannels(code, isa, vectors, null);
                            }
                        }

                        if (whole < this.Channels)
                        {
                            using (code.Braces())
                            {
                                code.Line($"const int c = {whole};");
                                this.EmitChannels(code, isa, 1, Literal.Of(this.Channels - whole));
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>The sums of some vectors of channels over the rows of a block.</summary>
    private void EmitChannels(CodeWriter code, Isa isa, int vectors, string? tail)
    {
        string Load(string reference, string at) => tail is null ? isa.Load(reference, at) : isa.LoadTail($"Unsafe.Add(ref {reference}, {at})", tail);
        for (int v = 0; v < vectors; v++)
        {
            for (int i = 0; i < this.Operands2D.Count; i++)
            {
                switch (this.Operands2D[i])
                {
                    case SumOperand.Row:
                        code.Line($"var r{i}_{v} = {Load("x" + Literal.Of(i), $"c + {v * isa.Width}")};");
                        break;
                    case SumOperand.Scalar when v == 0:
                        code.Line($"var r{i} = {isa.Create("x" + Literal.Of(i))};");
                        break;
                }
            }

            for (int k = 0; k < this.Body.Count; k++)
            {
                code.Line($"var sum{k}_{v} = {isa.Zero};");
            }
        }

        using (code.Braces("for (nint row = first; row < first + count; row++)"))
        {
            code.Line("nint at = (row * C) + c;");
            for (int v = 0; v < vectors; v++)
            {
                int vector = v;
                string place = v == 0 ? "at" : $"at + {v * isa.Width}";
                for (int i = 0; i < this.Operands2D.Count; i++)
                {
                    if (this.Operands2D[i] == SumOperand.Full)
                    {
                        code.Line($"var v{i}_{v} = {Load("x" + Literal.Of(i), place)};");
                    }
                }

                string Operand(int i) => this.Operands2D[i] switch { SumOperand.Full => $"v{i}_{vector}", SumOperand.Row => $"r{i}_{vector}", _ => "r" + Literal.Of(i) };
                string[] terms = ExprEmitter.Emit(code, isa, this.Body, Operand, null, $"t{v}_");
                for (int k = 0; k < terms.Length; k++)
                {
                    code.Line($"sum{k}_{v} += {terms[k]};");
                }
            }
        }

        for (int k = 0; k < this.Body.Count; k++)
        {
            for (int v = 0; v < vectors; v++)
            {
                string place = $"(((unit * {this.Body.Count}) + {k}) * C) + c + {v * isa.Width}";
                code.Line(tail is null ? isa.Store($"sum{k}_{v}", "y", place) : isa.StoreTail($"sum{k}_{v}", $"Unsafe.Add(ref y, {place})", tail));
            }
        }
    }
}

/// <summary>How an operand of a sum lies.</summary>
internal enum SumOperand
{
    Full,
    Row,
    Scalar,
}
