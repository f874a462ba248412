namespace NetGen.Generator;

/// <summary>Y = X with its axes in another order: loops over the outermost axes of Y around the runtime's transposition of four.</summary>
/// <param name="Sizes4">Y's sizes, at least four.</param>
/// <param name="Strides">X's strides along them.</param>
internal sealed record TransposeKernel(EquatableArray<Dim> Sizes4, EquatableArray<Dim> Strides) : Kernel
{
    private const int Inner = 4;

    public override string Name => "Transpose_" + string.Concat($"{string.Join("x", this.Sizes4)}_by_{string.Join("_", this.Strides)}".Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    public override string Summary => $"Y ({string.Join(", ", this.Sizes4)}) = X, whose strides along Y's axes are {string.Join(", ", this.Strides)}.";

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadAll), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of(this.Sizes4.Concat(this.Strides));

    /// <summary>Places along the first axis that is no single one.</summary>
    public override Dim? Units => this.SharedAxis < 0 ? null : this.Sizes4[this.SharedAxis];

    /// <summary>The axis that threads share; -1 where the first of several lies within loops.</summary>
    private int SharedAxis
    {
        get
        {
            int axis = Enumerable.Range(0, this.Sizes4.Count).FirstOrDefault(i => this.Sizes4[i] != 1);
            return axis >= this.Sizes4.Count - Inner ? axis : -1;
        }
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        int outer = this.Sizes4.Count - Inner;
        using (this.Entry(code, optimize: false, options))
        {
            List<CodeWriter.Block> blocks = [];
            Dim block = this.Sizes4.Skip(outer).Aggregate((Dim)1, (a, b) => a * b);
            int shared = this.SharedAxis;
            string from = shared < 0 ? "0" : $"start * {Literal.Size(this.Strides[shared])}";
            string to = shared < 0 ? "0" : $"start * {Literal.Size(this.Sizes4.Skip(shared + 1).Aggregate((Dim)1, (a, b) => a * b))}";
            for (int d = 0; d < outer; d++)
            {
                blocks.Add(code.Braces($"for (nint i{d} = 0; i{d} < {Literal.Size(this.Sizes4[d])}; i{d}++)"));
                from += $" + (i{d} * {Literal.Size(this.Strides[d])})";
                to += $" + (i{d} * {Literal.Size(this.Sizes4.Skip(d + 1).Aggregate((Dim)1, (a, b) => a * b))})";
            }

            IEnumerable<string> arguments = [.. this.Sizes4.Select((s, i) => i == shared ? "end - start" : Literal.Size(s)).Skip(outer), .. this.Strides.Skip(outer).Select(Literal.Size)];
            code.Line($"Packing.Transpose(ref Unsafe.Add(ref x, {from}), ref Unsafe.Add(ref y, {to}), {string.Join(", ", arguments)});");
            blocks.Reverse();
            blocks.ForEach(b => b.Dispose());
        }
    }
}
