namespace NetGen.Generator;

/// <summary>
/// dX of a pooling: each window's gradient at the place of its first maximum, or in equal shares. Threads share the rows of windows, and with each row the rows of dX from
/// where it begins to where the next one does; windows that reach into a neighbour's rows are visited by both, each adding to its own, so that every element of dX is one
/// sum in the order of the windows.
/// </summary>
internal sealed record PoolGradientKernel(bool IsMax, Dim Samples, PoolWindows Windows) : Kernel
{
    public override string Name => $"{(this.IsMax ? "Max" : "Average")}PoolGradient_{this.Windows.Name}";

    public override string Summary =>
        $"dX (n, {this.Windows.Height}, {this.Windows.Width}, {this.Windows.Channels}) = dY {(this.IsMax ? "at the first maximum" : "in equal shares")} of each window, {this.Windows.Text}: vectors along the channels; {this.Windows.Way}.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        .. this.IsMax ? [new("x", Access.ReadAll)] : Array.Empty<KernelOperand>(),
        new("dY", Access.ReadAll),
        new("dX", Access.WriteScattered),
    ];

    public override IReadOnlyList<string> Sizes => this.Windows.Sizes;

    public override Dim? Units => this.Samples * this.Windows.OutputHeight;

    public override Dim Work => this.Units! * this.Windows.ElementsOfRow;

    // The samples are not named in the code.
    public bool Equals(PoolGradientKernel? other) => other is not null && this.IsMax == other.IsMax && this.Windows == other.Windows;

    public override int GetHashCode() => this.Windows.GetHashCode();

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        // How many rows of windows before one reach into its own rows of dX.
        int reach = this.Windows.Reach.Rows / this.Windows.Strides.Rows;
        using (this.Entry(code, optimize: true, options))
        {
            this.Windows.DeclareSizes(code);
            code.Line("nint unit = start;");
            using (code.Braces("while (unit < end)"))
            {
                code.Line("nint sample = unit / OH, first = unit % OH, last = Math.Min(OH, first + end - unit);");
                code.Line("unit += last - first;");
                code.Line("nint begin = first == 0 ? 0 : Math.Clamp((first * SH) - PH, 0, H), stop = last == OH ? H : Math.Clamp((last * SH) - PH, 0, H);");
                code.Line("Packing.Clear(ref Unsafe.Add(ref dX, ((sample * H) + begin) * W * C), (stop - begin) * W * C);");
                using (code.Braces(reach == 0 ? "for (nint oy = first; oy < last; oy++)" : $"for (nint oy = Math.Max(0, first - {reach}); oy < last; oy++)"))
                {
                    this.Windows.EachWindow(code, isWrittenOut =>
                    {
                        if (reach > 0)
                        {
                            code.Line($"nint own = begin - ({this.Windows.FirstRow}), others = stop - ({this.Windows.FirstRow});");
                        }

                        for (int p = 0; p < Isa.All.Length; p++)
                        {
                            Isa isa = Isa.All[p];
                            using (code.Braces(p == Isa.All.Length - 1 ? "else" : $"{(p > 0 ? "else " : "")}if ({isa.Guard})"))
                            {
                                this.EmitWindow(code, isa, isWrittenOut, reach > 0);
                            }
                        }
                    });
                }
            }
        }
    }

    private void EmitWindow(CodeWriter code, Isa isa, bool isWrittenOut, bool isShared)
    {
        if (!this.IsMax)
        {
            code.Line($"{isa.Type} share = {isa.Create(this.Windows.Share(isWrittenOut))};");
        }

        this.Windows.EachVector(code, isa, (load, store) =>
        {
            string At(string offset) => offset == "0" ? "from" : $"from + {offset}";
            code.Line($"{isa.Type} gradient = {load("dY", "to")}{(this.IsMax ? "" : " * share")};");
            if (this.IsMax)
            {
                code.Line($"{isa.Type} best = {load("x", "from")};");
                this.Windows.EachElement(code, isWrittenOut, (offset, row) =>
                {
                    if (offset != "0")
                    {
                        code.Line($"best = {isa.Vector}.MaxNative(best, {load("x", At(offset))});");
                    }
                });
                code.Line($"{isa.Type} taken = {isa.Zero};");
            }

            int element = 0;
            this.Windows.EachElement(code, isWrittenOut, (offset, row) =>
            {
                string condition = isShared ? $"if ({row} >= own && {row} < others) " : "";
                if (this.IsMax)
                {
                    code.Line($"{isa.Type} {(isWrittenOut ? $"is{element}" : "isFirst")} = {isa.Vector}.AndNot({isa.Vector}.Equals({load("x", At(offset))}, best), taken);");
                }

                string part = this.IsMax ? $"(gradient & {(isWrittenOut ? $"is{element}" : "isFirst")})" : "gradient";
                code.Line(condition + store(this.Windows.AreApart ? part : $"{load("dX", At(offset))} + {part}", "dX", At(offset)));
                if (this.IsMax)
                {
                    code.Line($"taken |= {(isWrittenOut ? $"is{element}" : "isFirst")};");
                }

                element++;
            });
        });
    }
}
