namespace NetGen.Generator;

/// <summary>
/// Y = softmax of rows whose length may be known only at run time, and of which some elements may not count: those above the diagonal of causal attention, those that a mask leaves out, or
/// both. A row's last vector is loaded and stored in part; what a causal row leaves out is not read.
/// </summary>
/// <param name="Input">X (batch, ..., rows, columns).</param>
/// <param name="IsCausal">Whether row i has its first past + i + 1 columns alone.</param>
/// <param name="Past">How many columns stand before those of the rows.</param>
/// <param name="Mask">The mask (batch, 1 or rows, columns), or null.</param>
internal sealed record MaskedSoftmaxKernel(Shape Input, bool IsCausal, Dim Past, Shape? Mask) : Kernel
{
    public override string Name =>
        $"Softmax_{string.Join("x", this.Input.Dims.Skip(1).Select(Identifier))}{(!this.IsCausal ? "" : this.Past == 0 ? "_Causal" : $"_Causal_{Identifier(this.Past)}")}{(this.Mask is null ? "" : this.HasMaskOfRows ? "_MaskedRows" : "_Masked")}";

    public override string Summary =>
        $"Y {this.Input} = softmax of X along its last axis, row by row{(this.IsCausal ? ", up to the diagonal" : "")}{(this.Mask is null ? "" : $", where the mask {this.Mask} is not 0")}.";

    public override IReadOnlyList<KernelOperand> Operands =>
        [new("x", Access.ReadOwn), .. this.Mask is null ? Array.Empty<KernelOperand>() : [new("mask", Access.ReadAll)], new("y", Access.WriteOwn)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([.. this.Input.Dims.Skip(1), this.Past]);

    public override Dim? Units => this.Input.CountOf(0, this.Input.Rank - 1);

    public override Dim Work => this.Input.Count * 8;

    // The number of samples is not named in the code.
    public bool Equals(MaskedSoftmaxKernel? other) =>
        other is not null && this.Input.Slice(1, this.Input.Rank) == other.Input.Slice(1, other.Input.Rank) && this.IsCausal == other.IsCausal && this.Past == other.Past && this.Mask?.Slice(1, 3) == other.Mask?.Slice(1, 3);

    public override int GetHashCode() => this.Input.Last.GetHashCode();

    private bool HasMaskOfRows => this.Mask is { } mask && mask[1] != 1;

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"nint size = {Literal.Size(this.Input.Last)};");
            for (int p = 0; p < Isa.All.Length; p++)
            {
                Isa isa = Isa.All[p];
                using (code.Braces(TileSet.Head(p, Isa.All.Length, isa)))
                {
                    code.Line($"{isa.Type} least = {isa.Create("float.NegativeInfinity")};");
                    using (code.Braces("for (nint row = start; row < end; row++)"))
                    {
                        this.EmitRow(code, isa);
                    }
                }
            }
        }
    }

    private void EmitRow(CodeWriter code, Isa isa)
    {
        bool isMasked = this.Mask is not null;
        string count = this.IsCausal ? "count" : "size";
        string rows = Literal.Size(this.Input.Rank > 1 ? this.Input[-2] : 1);
        code.Line("ref float xRow = ref Unsafe.Add(ref x, row * size);");
        code.Line("ref float yRow = ref Unsafe.Add(ref y, row * size);");
        if (this.IsCausal)
        {
            code.Line($"nint count = Math.Min(size, (row % ({rows})) + {Literal.Size(this.Past.Affine(1, 1))});");
        }

        if (isMasked)
        {
            string sample = $"row / ({Literal.Size(this.Input.CountOf(1, this.Input.Rank - 1))})";
            code.Line($"ref float maskRow = ref Unsafe.Add(ref mask, {(this.HasMaskOfRows ? $"(({sample} * {rows}) + (row % ({rows})))" : $"({sample})")} * size);");
        }

        string Excluded(string load) => $"{isa.Vector}.Equals({load}, {isa.Zero})";
        string Whole(string reference) => isa.Load(reference, "i");
        string Part(string reference) => isa.LoadTail($"Unsafe.Add(ref {reference}, whole)", "rest");
        void EachVector(Action emit)
        {
            using (code.Braces($"for (nint i = 0; i < whole; i += {isa.Width})"))
            {
                emit();
            }
        }

        code.Line($"nint whole = {count} & -{isa.Width};");
        code.Line($"int rest = (int)({count} - whole);");
        code.Line($"{isa.Type} last = {Part("xRow")}, counted = LaneMask.First{isa.Suffix}(rest){(isMasked ? $" & ~{Excluded(Part("maskRow"))}" : "")};");
        code.Line($"{isa.Type} maxima = {isa.Vector}.ConditionalSelect(counted, last, least);");
        EachVector(() => code.Line($"maxima = {isa.Vector}.Max(maxima, {(isMasked ? $"{isa.Vector}.ConditionalSelect({Excluded(Whole("maskRow"))}, least, {Whole("xRow")})" : Whole("xRow"))});"));
        code.Line("float max = Horizontal.Max(maxima);");
        if (isMasked)
        {
            using (code.Braces("if (float.IsNegativeInfinity(max))"))
            {
                code.Line("Packing.Clear(ref yRow, size);");
                code.Line("continue;");
            }
        }

        code.Line($"{isa.Type} shift = {isa.Create("max")};");
        code.Line($"last = VectorMath.Exp(last - shift) & counted;");
        code.Line($"{isa.Type} sum = {isa.Zero};");
        EachVector(() =>
        {
            code.Line($"{isa.Type} e = VectorMath.Exp({Whole("xRow")} - shift){(isMasked ? $" & ~{Excluded(Whole("maskRow"))}" : "")};");
            code.Line(isa.Store("e", "yRow", "i"));
            code.Line("sum += e;");
        });
        code.Line($"{isa.Type} scale = {isa.Create("1f / Horizontal.Sum(sum + last)")};");
        EachVector(() => code.Line(isa.Store($"({Whole("yRow")} * scale)", "yRow", "i")));
        code.Line(isa.StoreTail("last * scale", "Unsafe.Add(ref yRow, whole)", "rest"));
        if (this.IsCausal)
        {
            code.Line("Packing.Clear(ref Unsafe.Add(ref yRow, count), size - count);");
        }
    }
}
