namespace NetGen.Generator;

/// <summary>What a pooling makes of a window.</summary>
internal enum PoolForm
{
    /// <summary>Its maximum.</summary>
    Max,

    /// <summary>The element of another tensor at the place of the first maximum.</summary>
    Chosen,

    /// <summary>Its mean.</summary>
    Average,
}

/// <summary>Y = one number of each window of X, for each channel: vectors along the channels. Threads share the rows of the output.</summary>
internal sealed record PoolKernel(PoolForm Form, Dim Samples, PoolWindows Windows) : Kernel
{
    public override string Name => $"{this.Form}Pool_{this.Windows.Name}";

    public override string Summary =>
        $"Y (n, {this.Windows.OutputHeight}, {this.Windows.OutputWidth}, {this.Windows.Channels}) = {(this.Form == PoolForm.Average ? "mean" : "maximum")} of {(this.Form == PoolForm.Chosen ? "X, as V at its place, in " : "")}X (n, {this.Windows.Height}, {this.Windows.Width}, {this.Windows.Channels}), {this.Windows.Text}: vectors along the channels; {this.Windows.Way}.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        new("x", Access.ReadAll),
        .. this.Form == PoolForm.Chosen ? [new("v", Access.ReadAll)] : Array.Empty<KernelOperand>(),
        new("y", Access.WriteOwn),
    ];

    public override IReadOnlyList<string> Sizes => this.Windows.Sizes;

    public override Dim? Units => this.Samples * this.Windows.OutputHeight;

    public override Dim Work => this.Units! * this.Windows.ElementsOfRow;

    // The samples are not named in the code.
    public bool Equals(PoolKernel? other) => other is not null && this.Form == other.Form && this.Windows == other.Windows;

    public override int GetHashCode() => this.Windows.GetHashCode();

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            this.Windows.DeclareSizes(code);
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line("nint sample = unit / OH, oy = unit % OH;");
                this.Windows.EachWindow(code, isWrittenOut =>
                {
                    for (int p = 0; p < Isa.All.Length; p++)
                    {
                        Isa isa = Isa.All[p];
                        using (code.Braces(p == Isa.All.Length - 1 ? "else" : $"{(p > 0 ? "else " : "")}if ({isa.Guard})"))
                        {
                            this.EmitWindow(code, isa, isWrittenOut);
                        }
                    }
                });
            }
        }
    }

    private void EmitWindow(CodeWriter code, Isa isa, bool isWrittenOut)
    {
        if (this.Form == PoolForm.Average)
        {
            code.Line($"{isa.Type} share = {isa.Create(this.Windows.Share(isWrittenOut))};");
        }

        this.Windows.EachVector(code, isa, (load, store) =>
        {
            string first = load("x", "from");
            code.Line($"{isa.Type} result = {(this.Form == PoolForm.Average ? isa.Zero : first)};");
            if (this.Form == PoolForm.Chosen)
            {
                code.Line($"{isa.Type} chosen = {load("v", "from")};");
            }

            this.Windows.EachElement(code, isWrittenOut, (offset, row) =>
            {
                string x = load("x", offset == "0" ? "from" : $"from + {offset}");
                switch (this.Form)
                {
                    case PoolForm.Average:
                        code.Line($"result += {x};");
                        break;
                    case PoolForm.Max when offset != "0":
                        code.Line($"result = VectorMath.Max(result, {x});");
                        break;
                    case PoolForm.Chosen when offset != "0":
                        using (code.Braces())
                        {
                            code.Line($"{isa.Type} element = {x};");
                            code.Line($"{isa.Type} isLarger = {isa.Vector}.GreaterThan(element, result);");
                            code.Line($"result = {isa.Vector}.ConditionalSelect(isLarger, element, result);");
                            code.Line($"chosen = {isa.Vector}.ConditionalSelect(isLarger, {load("v", $"from + {offset}")}, chosen);");
                        }

                        break;
                }
            });
            code.Line(store(this.Form switch { PoolForm.Max => "result", PoolForm.Chosen => "chosen", _ => "(result * share)" }, "y", "to"));
        });
    }
}
