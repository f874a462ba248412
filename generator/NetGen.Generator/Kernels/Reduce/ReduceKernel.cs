namespace NetGen.Generator;

/// <summary>
/// Y = sum, product, maximum or minimum of X over axes: dimensions of the same kind are merged, kept ones are the outer loops. Where the innermost is kept, vectors run along it and
/// every lane is one chain; where it is reduced, one vector of partial results runs along it and is folded in a fixed order. No result depends on the threads.
/// </summary>
internal sealed record ReduceKernel(string Function, Shape Input, EquatableArray<int> Axes) : Kernel
{
    public override string Name =>
        FormattableString.Invariant($"Reduce{this.Function}_{string.Concat(string.Join("x", this.Input.Dims).Select(c => char.IsLetterOrDigit(c) ? c : '_'))}_over_{string.Join("_", this.Axes)}");

    public override string Summary => $"Y = {this.Function.ToLowerInvariant()} of X {this.Input} over axes {string.Join(", ", this.Axes)}; merged loops: {string.Join(", ", this.Loops.Select(l => (l.Reduced ? "reduce " : "keep ") + l.Size))}; {(this.Loops.Last().Reduced ? "vectors of partial results, because what is reduced lies innermost" : "vectors along the kept, because it lies innermost")}.";

    public override IReadOnlyList<KernelOperand> Operands =>
        [new("x", this.ColumnsAreUnits || !this.OwnsRows ? Access.ReadAll : Access.ReadOwn), new("y", this.ColumnsAreUnits || !this.OwnsRows ? Access.WriteScattered : Access.WriteOwn)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of(this.Input);

    public override Dim? Units => this.Loops.All(l => l.Reduced) ? null : this.ColumnsAreUnits ? this.Loops[this.Loops.Count - 1].Size.Affine(15, 16) : this.Loops.First(l => !l.Reduced).Size;

    public override Dim Work => this.Input.Count;

    /// <summary>Merged dimensions from the outermost; those of size one are gone.</summary>
    private List<(bool Reduced, Dim Size)> Loops
    {
        get
        {
            List<(bool Reduced, Dim Size)> loops = [];
            for (int i = 0; i < this.Input.Rank; i++)
            {
                bool reduced = this.Axes.Contains(i);
                if (this.Input[i] == 1)
                {
                    continue;
                }

                if (loops.Count > 0 && loops[loops.Count - 1].Reduced == reduced)
                {
                    loops[loops.Count - 1] = (reduced, loops[loops.Count - 1].Size * this.Input[i]);
                }
                else
                {
                    loops.Add((reduced, this.Input[i]));
                }
            }

            return loops.Count == 0 ? [(true, 1)] : loops;
        }
    }

    /// <summary>Only the innermost dimension is kept: threads share its columns, 16 at a time.</summary>
    private bool ColumnsAreUnits => this.Loops.Count(l => !l.Reduced) == 1 && !this.Loops[this.Loops.Count - 1].Reduced;

    private bool OwnsRows => !this.Loops[0].Reduced && this.Loops[0].Size == this.Input[0];

    private bool IsSum => this.Function == "Sum";

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        List<(bool Reduced, Dim Size)> loops = this.Loops;
        bool innerReduced = loops[loops.Count - 1].Reduced;
        using (this.Entry(code, optimize: true, options))
        {
            for (int p = 0; p < Isa.All.Length; p++)
            {
                Isa isa = Isa.All[p];
                using (code.Braces(p == Isa.All.Length - 1 ? "else" : $"{(p > 0 ? "else " : "")}if ({isa.Vector}.IsHardwareAccelerated)"))
                {
                    if (innerReduced)
                    {
                        this.EmitInnerReduced(code, isa, loops);
                    }
                    else
                    {
                        this.EmitInnerKept(code, isa, loops);
                    }
                }
            }
        }
    }

    private string Combine(Isa isa, string a, string b) => this.Function switch
    {
        "Sum" => $"{a} + {b}",
        "Product" => $"{a} * {b}",
        _ => $"{isa.Vector}.{this.Function}({a}, {b})",
    };

    private string CombineOne(string a, string b) => this.Function == "Product" ? $"{a} * {b}" : $"Math.{this.Function}({a}, {b})";

    private string Start(Isa isa) => this.IsSum ? isa.Zero : isa.Create(this.Neutral);

    private string Neutral => this.Function switch { "Product" => "1f", "Min" => "float.PositiveInfinity", _ => "float.NegativeInfinity" };

    private static string Offset(IReadOnlyList<(bool Reduced, Dim Size)> loops, Func<int, bool> which, bool compact)
    {
        Dim stride = 1;
        List<string> terms = [];
        for (int d = loops.Count - 1; d >= 0; d--)
        {
            if (which(d))
            {
                terms.Add(stride == 1 ? "i" + Literal.Of(d) : $"(i{d} * {Literal.Size(stride)})");
            }

            if (!compact || which(d))
            {
                stride *= loops[d].Size;
            }
        }

        terms.Reverse();
        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }

    private void EmitInnerKept(CodeWriter code, Isa isa, List<(bool Reduced, Dim Size)> loops)
    {
        int last = loops.Count - 1;
        List<CodeWriter.Block> blocks = [];
        bool first = true;
        foreach (int d in Enumerable.Range(0, last).Where(d => !loops[d].Reduced))
        {
            blocks.Add(code.Braces(first ? $"for (nint i{d} = start; i{d} < end; i{d}++)" : $"for (nint i{d} = 0; i{d} < {Literal.Size(loops[d].Size)}; i{d}++)"));
            first = false;
        }

        string stop = this.ColumnsAreUnits ? "stop" : Literal.Size(loops[last].Size);
        if (this.ColumnsAreUnits)
        {
            code.Line($"nint stop = Math.Min(end * 16, {Literal.Size(loops[last].Size)});");
        }

        using (code.Braces($"for (nint i{last} = {(this.ColumnsAreUnits ? "start * 16" : "0")}; i{last} < {stop}; i{last} += {isa.Width})"))
        {
            code.Line($"int count = (int)Math.Min({isa.Width}, {stop} - i{last});");
            code.Line($"{isa.Type} sum = {this.Start(isa)};");
            List<CodeWriter.Block> inner = [];
            foreach (int d in Enumerable.Range(0, last).Where(d => loops[d].Reduced))
            {
                inner.Add(code.Braces($"for (nint i{d} = 0; i{d} < {Literal.Size(loops[d].Size)}; i{d}++)"));
            }

            string at = Offset(loops, _ => true, compact: false);
            code.Line($"ref float row = ref Unsafe.Add(ref x, {at});");
            code.Line($"sum = {this.Combine(isa, "sum", $"(count == {isa.Width} ? {isa.Load("row")} : {isa.LoadTail("row", "count")})")};");
            inner.ForEach(b => b.Dispose());
            code.Line(isa.StoreTail("sum", $"Unsafe.Add(ref y, {Offset(loops, d => !loops[d].Reduced, compact: true)})", "count"));
        }

        blocks.ForEach(b => b.Dispose());
    }

    private void EmitInnerReduced(CodeWriter code, Isa isa, List<(bool Reduced, Dim Size)> loops)
    {
        int last = loops.Count - 1;
        List<CodeWriter.Block> blocks = [];
        bool first = true;
        foreach (int d in Enumerable.Range(0, last).Where(d => !loops[d].Reduced))
        {
            blocks.Add(code.Braces(first ? $"for (nint i{d} = start; i{d} < end; i{d}++)" : $"for (nint i{d} = 0; i{d} < {Literal.Size(loops[d].Size)}; i{d}++)"));
            first = false;
        }

        string length = Literal.Size(loops[last].Size);
        code.Line($"{isa.Type} sum = {this.Start(isa)};");
        if (!this.IsSum)
        {
            code.Line($"float rest = {this.Neutral};");
        }

        List<CodeWriter.Block> inner = [];
        foreach (int d in Enumerable.Range(0, last).Where(d => loops[d].Reduced))
        {
            inner.Add(code.Braces($"for (nint i{d} = 0; i{d} < {Literal.Size(loops[d].Size)}; i{d}++)"));
        }

        code.Line($"ref float row = ref Unsafe.Add(ref x, {Offset(loops, d => d != last, compact: false)});");
        code.Line("nint i = 0;");
        using (code.Braces($"for (; i + {isa.Width} <= {length}; i += {isa.Width})"))
        {
            code.Line($"sum = {this.Combine(isa, "sum", isa.Load("row", "i"))};");
        }

        if (this.IsSum)
        {
            using (code.Braces($"if (i < {length})"))
            {
                code.Line($"sum += {isa.LoadTail("Unsafe.Add(ref row, i)", $"(int)({length} - i)")};");
            }
        }
        else
        {
            using (code.Braces($"for (; i < {length}; i++)"))
            {
                code.Line($"rest = {this.CombineOne("rest", "Unsafe.Add(ref row, i)")};");
            }
        }

        inner.ForEach(b => b.Dispose());
        string result = this.IsSum ? $"Horizontal.Sum(sum)" : this.CombineOne($"Horizontal.{this.Function}(sum)", "rest");
        code.Line($"Unsafe.Add(ref y, {Offset(loops, d => !loops[d].Reduced, compact: true)}) = {result};");
        blocks.ForEach(b => b.Dispose());
    }
}
